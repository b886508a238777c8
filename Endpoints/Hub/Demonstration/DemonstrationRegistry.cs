using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Endpoints.Hub.Demonstration;

/// <summary>
/// The synthetic providers that an embedded hub knows at its first start, so that a newcomer can send at once. No real institution is meant.
/// </summary>
public static class DemonstrationRegistry
{
    /// <summary>The demo citizen: the HKID check digit's published test vector A123456(3).</summary>
    public const string CitizenDocument = "A1234563";

    public static readonly Provider Hospital = new("demo-hospital", "Demonstration Hospital", "示範醫院", ProviderKind.PrivateHospital);
    public static readonly Provider Laboratory = new("demo-laboratory", "Demonstration Laboratory", "示範化驗所", ProviderKind.MedicalLaboratory);
    public static readonly Provider ImagingCentre = new("demo-imaging", "Demonstration Imaging Centre", "示範影像中心", ProviderKind.RadiologyCentre);
    public static readonly Provider Clinic = new("demo-clinic", "Demonstration Clinic", "示範診所", ProviderKind.Clinic);

    /// <summary>Whom the embedded mode's clinician token stands for.</summary>
    public static readonly Professional Doctor = new("demo-doctor", "Demonstration Doctor", "示範醫生", Profession.MedicalPractitioner, "DEMO0001");

    /// <summary>The source that the embedded mode's source token belongs to.</summary>
    public const string LaboratorySystem = "demo-lis";

    private static readonly ServiceLocation[] Locations =
    [
        new("demo-hospital-main", Hospital.Id, "Demonstration Hospital, main building", "示範醫院主座"),
        new("demo-laboratory-1", Laboratory.Id, "Demonstration Laboratory, bench 1", "示範化驗所一號室"),
        new("demo-imaging-1", ImagingCentre.Id, "Demonstration Imaging Centre, scanner room", "示範影像中心掃描室"),
        new("demo-clinic-1", Clinic.Id, "Demonstration Clinic, room 1", "示範診所一號室"),
    ];

    private static readonly Source[] Sources =
    [
        new("demo-his", Hospital.Id, Locations[0].Id, "DEMO-HIS", "DEMO-HOSPITAL", "UNICODE UTF-8", "+08:00", MayEnrol: true),
        new(LaboratorySystem, Laboratory.Id, Locations[1].Id, "DEMO-LIS", "DEMO-LABORATORY", "UNICODE UTF-8", "+08:00"),
        new("demo-ris", ImagingCentre.Id, Locations[2].Id, "DEMO-RIS", "DEMO-IMAGING", "UNICODE UTF-8", "+08:00"),
    ];

    /// <summary>The imaging centre's archive, which may send and ask.</summary>
    private static readonly DicomPeer Archive = new("DEMO-PACS", "demo-ris", MayQuery: true);

    /// <summary>Writes them where nothing is registered yet.</summary>
    public static async Task SeedAsync(
        IRegistry registry, IProfessionals professionals, IDicomPeers peers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (professionals.All.Count == 0)
        {
            await professionals.SaveAsync(Doctor, cancellationToken);
            await professionals.SaveAsync(new Affiliation(Doctor.Id, Clinic.Id, now), cancellationToken);
        }

        if (registry.Providers.Count > 0) return;
        foreach (var provider in new[] { Hospital, Laboratory, ImagingCentre, Clinic }) await registry.SaveAsync(provider, cancellationToken);
        foreach (var location in Locations) await registry.SaveAsync(location, cancellationToken);
        foreach (var source in Sources) await registry.SaveAsync(source, cancellationToken);
        await peers.SaveAsync(Archive, cancellationToken);
    }
}
