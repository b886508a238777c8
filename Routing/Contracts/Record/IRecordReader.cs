namespace EHealthPlus.Routing.Contracts.Record;

/// <summary>One version of one resource.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="PersonId">Whose record it is in; null for Practitioner, Organization, Location.</param>
/// <param name="Json">UTF-8 FHIR R4 with meta.versionId and meta.lastUpdated.</param>
public sealed record StoredResource(
    string Type, string Id, int Version, DateTimeOffset LastUpdated, string? PersonId, SharingCategory Category,
    string SourceId, DepositId DepositId, ReadOnlyMemory<byte> Json);

/// <summary>Type and logical id of a resource.</summary>
public readonly record struct ResourceKey(string Type, string Id);

/// <summary>A search within one type. Lists are alternatives (OR); different fields all apply (AND).</summary>
/// <param name="PersonId">Null only for types that are no patient data.</param>
/// <param name="Codes">system|code, |code, or code without bar for any system.</param>
/// <param name="After">Cursor of the page before; null for the first.</param>
public sealed record RecordQuery(
    string Type, string? PersonId, IReadOnlyList<string> Ids, IReadOnlyList<string> Codes, IReadOnlyList<string> Categories,
    IReadOnlyList<string> Statuses, IReadOnlyList<DateBound> Dates, IReadOnlyList<DateBound> LastUpdated,
    IReadOnlySet<SharingCategory>? PermittedCategories, int Count, string? After);

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
