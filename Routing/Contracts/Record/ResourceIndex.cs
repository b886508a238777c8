namespace EHealthPlus.Routing.Contracts.Record;

/// <summary>What a resource can be found by, beside its id, person and time of change.</summary>
/// <param name="Status">The resource's status code, or null.</param>
/// <param name="Date">The resource's clinical date as FHIR writes it, its own precision kept, or a Period as start/end, with nothing behind the slash where it goes on; null where it has none.</param>
/// <param name="Codes">system|code pairs of its code element; |code where there is no system.</param>
/// <param name="Categories">system|code pairs of its category element.</param>
public sealed record ResourceIndex(string? Status, string? Date, IReadOnlyList<string> Codes, IReadOnlyList<string> Categories)
{
    public static readonly ResourceIndex Empty = new(null, null, [], []);

    /// <summary>
    /// The accession number of an imaging order, its report or its study (identifier of type ACSN): by it these find each other in one citizen's
    /// record, whichever comes first. Null for all others.
    /// </summary>
    public string? Accession { get; init; }

    /// <summary>Of an order for images: what the modality worklist finds it by, one for each step that it is made in. Empty for all others.</summary>
    public IReadOnlyList<ScheduledExamination> Examinations { get; init; } = [];
}

/// <summary>An order for images, or one of its steps, as the modality worklist knows it.</summary>
/// <param name="StudyInstanceUid">As the order has it; null where it has none.</param>
/// <param name="StepId">Scheduled Procedure Step ID (0040,0009); of one of several steps that has none its number in the order; null where the order has none.</param>
/// <param name="Start">When it is to be made, as FHIR writes it; null where the order does not say.</param>
public sealed record ScheduledExamination(string? StudyInstanceUid, string? StepId, string? Start);
