namespace EHealthPlus.Routing.Contracts.Registry;

/// <summary>A healthcare professional, or a member of staff, known to the hub by name: one for each human being, whichever providers they work for.</summary>
/// <param name="Id">Short stable id, lower-case letters, digits and hyphens; id of the FHIR Practitioner.</param>
/// <param name="RegistrationNumber">As the profession's board or council gave it; empty for staff without one.</param>
/// <param name="Active">False while the registration is not in force: access ends at once, at every provider.</param>
public sealed record Professional(
    string Id, string Name, string NameChinese, Profession Profession, string RegistrationNumber, bool Active = true);

/// <summary>A professional works for a provider, from one time until another. Access on behalf of the provider lives no longer.</summary>
/// <param name="Until">First moment at which it no longer holds; null while no end is known.</param>
public sealed record Affiliation(string ProfessionalId, string ProviderId, DateTimeOffset From, DateTimeOffset? Until = null)
{
    public bool InForceAt(DateTimeOffset at) => From <= at && !(Until <= at);
}

/// <summary>Who works where. Lookups answer from memory; changes are durable when the call returns, and seen by every lookup after it.</summary>
public interface IProfessionals
{
    Professional? Get(string id);

    IReadOnlyList<Professional> All { get; }

    /// <summary>Past, present and future ones, oldest first.</summary>
    IReadOnlyList<Affiliation> AffiliationsOf(string professionalId);

    Task SaveAsync(Professional professional, CancellationToken cancellationToken);

    /// <summary>Takes the place of the one of the same professional and provider that began at the same time.</summary>
    Task SaveAsync(Affiliation affiliation, CancellationToken cancellationToken);
}
