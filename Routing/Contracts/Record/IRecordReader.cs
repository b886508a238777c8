namespace EHealthPlus.Routing.Contracts.Record;

/// <summary>One version of one resource.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="PersonId">Whose record it is in; null for Practitioner, Organization, Location.</param>
/// <param name="Json">UTF-8 FHIR R4 with meta.versionId and meta.lastUpdated.</param>
public sealed record StoredResource(
    string Type, string Id, int Version, DateTimeOffset LastUpdated, string? PersonId, SharingCategory Category,
    string SourceId, DepositId DepositId, ReadOnlyMemory<byte> Json)
{
    /// <summary>
    /// The orders and studies that belong to a current DiagnosticReport, the orders that belong to a current ImagingStudy; the oldest entry of the record
    /// first. Earlier versions are read as they were deposited, and have none.
    /// </summary>
    public IReadOnlyList<JoinedResource> Joined { get; init; } = [];
}

/// <summary>Type and logical id of a resource.</summary>
public readonly record struct ResourceKey(string Type, string Id);

/// <summary>In which order a search answers. Within a tie, and where nothing else is asked for, by entry into the record.</summary>
public enum RecordOrder
{
    /// <summary>An order that later versions do not change: pages neither skip nor repeat while the record grows.</summary>
    NewestEntry = 0,

    /// <summary>By the start of the clinical date; what has none comes first.</summary>
    OldestDate = 1,

    /// <summary>By the start of the clinical date; what has none comes last.</summary>
    NewestDate = 2,

    /// <summary>By the time of the last change.</summary>
    OldestChange = 3,

    NewestChange = 4,
}

/// <summary>A search within one type. Lists are alternatives (OR); different fields all apply (AND).</summary>
/// <param name="PersonId">Null only for types that are no patient data.</param>
/// <param name="Codes">Lists of alternatives, one of each of which must be there: system|code, |code, or code without bar for any system.</param>
/// <param name="Categories">As Codes.</param>
/// <param name="After">Cursor of the page before; null for the first.</param>
public sealed record RecordQuery(
    string Type, string? PersonId, IReadOnlyList<string> Ids, IReadOnlyList<IReadOnlyList<string>> Codes, IReadOnlyList<IReadOnlyList<string>> Categories,
    IReadOnlyList<string> Statuses, IReadOnlyList<DateBound> Dates, IReadOnlyList<DateBound> LastUpdated,
    IReadOnlySet<SharingCategory>? PermittedCategories, int Count, string? After,
    RecordOrder Order = RecordOrder.NewestEntry)
{
    /// <summary>Accession numbers, one of which must be there (<see cref="ResourceIndex.Accession"/>); empty for any.</summary>
    public IReadOnlyList<string> Accessions { get; init; } = [];
}

public enum DateComparison { Equal, NotEqual, LessThan, LessOrEqual, GreaterThan, GreaterOrEqual, StartsAfter, EndsBefore }

/// <summary>One side of a FHIR date search (R4 3.1.1.4.10): the period that the value's precision spans.</summary>
public sealed record DateBound(DateComparison Comparison, DateTimeOffset From, DateTimeOffset Until);

/// <param name="Next">Cursor of the next page, or null at the end.</param>
/// <param name="Total">Number of matches over all pages.</param>
public sealed record RecordPage(IReadOnlyList<StoredResource> Resources, string? Next, int Total);

/// <summary>Reads the record store. It decides nothing: ask the access policy, and write the audit entry, before.</summary>
public interface IRecordReader
{
    /// <param name="version">Null for the current version.</param>
    Task<StoredResource?> ReadAsync(string type, string id, int? version, CancellationToken cancellationToken);

    /// <summary>The current versions of several resources at once: what a deposit is reconciled with. Unknown ones are left out.</summary>
    Task<IReadOnlyList<StoredResource>> ReadCurrentAsync(IReadOnlyList<ResourceKey> keys, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<StoredResource>> HistoryAsync(string type, string id, CancellationToken cancellationToken);

    Task<RecordPage> SearchAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Everything of one person, all types, oldest first; pages by cursor.</summary>
    Task<RecordPage> EverythingAsync(string personId, IReadOnlySet<SharingCategory>? permittedCategories, int count, string? after, CancellationToken cancellationToken);
}
