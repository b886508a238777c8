using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <inheritdoc/>
internal sealed class RecordReader(SqliteStore store, ResourceNumbers numbers) : IRecordReader
{
    private static readonly string Current = StoredRows.Current("r.num = ?1");
    private static readonly string Earlier = StoredRows.Earlier("r.num = ?1 AND (?2 IS NULL OR v.version = ?2) ORDER BY v.version DESC");

    public async Task<StoredResource?> ReadAsync(string type, string id, int? version, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return version is null ? ReadJoined(Rows(reader), type, id) : ReadVersions(Rows(reader), type, id, version).FirstOrDefault();
    }

    public async Task<IReadOnlyList<StoredResource>> ReadCurrentAsync(IReadOnlyList<ResourceKey> keys, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = Rows(reader);
        var found = new List<StoredResource>(keys.Count);
        foreach (var (type, id) in keys)
            if (ReadJoined(rows, type, id) is { } resource) found.Add(resource);
        return found;
    }

    public async Task<IReadOnlyList<StoredResource>> HistoryAsync(string type, string id, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return ReadVersions(Rows(reader), type, id, null);
    }

    /// <summary>Newest entry into the record first: an order that later versions do not change, so that pages neither skip nor repeat.</summary>
    public async Task<RecordPage> SearchAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var conditions = new SearchConditions();
        conditions.Add("r.type = (SELECT num FROM symbol WHERE value = ?)", query.Type);
        conditions.Person(query.PersonId);
        if (query.Ids.Count > 0) conditions.Numbers(query.Ids.Select(id => numbers.Find(reader, query.Type, id)));
        foreach (var alternatives in query.Codes) conditions.Codings("r.codes", alternatives, reader);
        foreach (var alternatives in query.Categories) conditions.Codings("r.categories", alternatives, reader);
        conditions.Statuses(query.Statuses);
        conditions.Accessions(query.Accessions);
        conditions.Permitted(query.PermittedCategories);
        foreach (var date in query.Dates) conditions.Date("r.date_from", "r.date_from + r.date_span", date);
        foreach (var date in query.LastUpdated) conditions.Date("r.updated", "r.updated + 1", date);
        return Page(reader, conditions, query.Count, query.After, RowOrder.Of(query.Order));
    }

    public async Task<RecordPage> EverythingAsync(
        string personId, IReadOnlySet<SharingCategory>? permittedCategories, int count, string? after, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var conditions = new SearchConditions();
        conditions.Person(personId);
        conditions.Permitted(permittedCategories);
        return Page(reader, conditions, count, after, RowOrder.OldestEntry);
    }

    private StoredRows Rows(Reader reader) => new(reader, store.Keys);

    private RecordPage Page(Reader reader, SearchConditions conditions, int count, string? after, RowOrder order)
    {
        var counting = conditions.Bind(reader, $"SELECT count(*) FROM resource r WHERE {conditions}");
        counting.Step();
        var total = counting.Int32(0);
        counting.Reset();

        if (after is not null) order.After(conditions, after);
        // One more than asked for tells whether there is a next page.
        conditions.Limit(count + 1);
        var rows = conditions.Bind(reader, StoredRows.Current($"{conditions} ORDER BY {order} LIMIT ?"));
        var page = Rows(reader);
        var resources = new List<StoredResource>();
        // The statement of the page is open: another read of bodies waits until it is through.
        var joining = new List<(int At, long Number)>();
        string? next = null;
        long lastNumber = 0;
        while (rows.Step())
        {
            if (resources.Count == count)
            {
                next = order.CursorOf(reader, lastNumber);
                break;
            }

            resources.Add(page.Read(rows));
            lastNumber = rows.Int64(StoredRows.Number);
            if (JoinedRows.Has(resources[^1].Type)) joining.Add((resources.Count - 1, lastNumber));
        }

        foreach (var (at, number) in joining) resources[at] = resources[at] with { Joined = JoinedRows.Of(page, resources[at].Type, number) };
        return new(resources, next, total);
    }

    private StoredResource? ReadJoined(StoredRows rows, string type, string id)
    {
        var resource = ReadCurrent(rows, type, id);
        return resource is not null && JoinedRows.Has(type) && numbers.Find(rows.Reader, type, id) is { } number ? resource with { Joined = JoinedRows.Of(rows, type, number) } : resource;
    }

    private StoredResource? ReadCurrent(StoredRows rows, string type, string id)
    {
        if (numbers.Find(rows.Reader, type, id) is not { } number) return null;
        var row = rows.Reader.Prepare(Current).Bind(1, number);
        if (!row.Step()) return null;
        var resource = rows.Read(row);
        row.Reset();
        return resource;
    }

    private List<StoredResource> ReadVersions(StoredRows rows, string type, string id, int? version)
    {
        var found = new List<StoredResource>();
        if (ReadCurrent(rows, type, id) is { } current && (version is null || version == current.Version)) found.Add(current);
        var earlier = rows.Reader.Prepare(Earlier).Bind(1, numbers.Find(rows.Reader, type, id)).Bind(2, version);
        while (found.Count == 0 || version is null)
        {
            if (!earlier.Step()) break;
            found.Add(rows.Read(earlier));
        }

        return found;
    }
}
