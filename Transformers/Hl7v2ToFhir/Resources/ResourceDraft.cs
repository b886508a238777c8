using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>What is said about a resource beside its content.</summary>
internal sealed class ResourceDraft
{
    private static readonly IReadOnlyList<string> NoElements = [];
    private List<string>? deleted;

    public required FhirNode Node { get; init; }

    public required WriteMode Mode { get; set; }

    public required SharingCategory Category { get; set; }

    public required bool AboutPatient { get; init; }

    /// <summary>The patient that the walk was at when it was begun: <see cref="Reading.Mapping.PatientNumber"/>.</summary>
    public required int PatientNumber { get; init; }

    /// <summary>True where it is about the one whom the MRG names: <see cref="Reading.Mapping.AtPrior"/>.</summary>
    public required bool AtPrior { get; init; }

    /// <summary>The citizen whom it is about; null outside a hub, and where it is about nobody.</summary>
    public required string? SubjectId { get; init; }

    public IReadOnlyList<string> Deleted => deleted ?? NoElements;

    public void Delete(string element)
    {
        deleted ??= [];
        if (!deleted.Contains(element, StringComparer.Ordinal)) deleted.Add(element);
    }
}
