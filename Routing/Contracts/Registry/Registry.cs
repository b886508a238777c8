namespace EHealthPlus.Routing.Contracts.Registry;

/// <summary>What kind of healthcare provider it is: the law gives the first two their own sharing rights (Cap. 625).</summary>
public enum ProviderKind
{
    HospitalAuthority = 1,
    DepartmentOfHealth = 2,
    PrivateHospital = 3,
    Clinic = 4,
    MedicalLaboratory = 5,
    RadiologyCentre = 6,

    /// <summary>No provider under the Ordinance: it has its own channels only.</summary>
    GreaterBayAreaInstitution = 7,
    ChineseMedicineClinic = 8,
    DentalClinic = 9,
    CommunityPharmacy = 10,
    DistrictHealthCentre = 11,
    ResidentialCareHome = 12,

    /// <summary>A provider outside Hong Kong that the Commissioner has recognised (possible from 1 December 2025).</summary>
    RecognisedOutsideHongKong = 13,
}

/// <summary>A healthcare provider (HCP) registered with the hub.</summary>
/// <param name="Id">Short stable id, lower-case letters, digits and hyphens.</param>
public sealed record Provider(string Id, string Name, string NameChinese, ProviderKind Kind, bool Active = true);

/// <summary>A place where a provider gives care (HSL); connections belong to it.</summary>
public sealed record ServiceLocation(string Id, string ProviderId, string Name, string NameChinese, bool Active = true);

/// <summary>A sending system at a service location: what MSH-3 and MSH-4 must say, and how its messages are read.</summary>
/// <param name="SendingApplication">MSH-3, first component, exactly.</param>
/// <param name="SendingFacility">MSH-4, first component, exactly.</param>
/// <param name="DefaultCharacterSet">Used where MSH-18 is empty; an HL7 table 0211 code.</param>
/// <param name="UtcOffset">Offset such as +08:00, given to times of this source that state none; null leaves them as dates of unknown zone.</param>
/// <param name="CertificateThumbprint">SHA-256 of the client certificate, hexadecimal; null where the connection needs none.</param>
/// <param name="MayEnrol">True where ADT^A28 from this source opens an eHealth account.</param>
public sealed record Source(
    string Id, string ProviderId, string ServiceLocationId, string SendingApplication, string SendingFacility,
    string DefaultCharacterSet = "ASCII", string? UtcOffset = null, string? CertificateThumbprint = null,
    bool MayEnrol = false, bool Active = true);

/// <summary>Who is connected. Lookups answer from memory; changes are durable when the call returns.</summary>
public interface IRegistry
{
    /// <returns>The source, also when it is suspended; null where none is registered.</returns>
    Source? FindSource(string sendingApplication, string sendingFacility);

    Source? GetSource(string id);

    Provider? GetProvider(string id);

    ServiceLocation? GetServiceLocation(string id);

    IReadOnlyList<Provider> Providers { get; }

    IReadOnlyList<ServiceLocation> ServiceLocations { get; }

    IReadOnlyList<Source> Sources { get; }

    Task SaveAsync(Provider provider, CancellationToken cancellationToken);

    Task SaveAsync(ServiceLocation location, CancellationToken cancellationToken);

    Task SaveAsync(Source source, CancellationToken cancellationToken);
}
