using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class RecordInMemory(CallOrder order) : IRecordReader
{
    public sealed record Filed(StoredResource Resource, ResourceIndex Index);

    public List<Filed> All { get; } = [];

    public RecordQuery? LastQuery { get; private set; }

    /// <summary>Thrown at each read while it is set.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Added to what the next searches find, whatever they asked: a store that does not keep to its contract.</summary>
    public StoredResource? Intruder { get; set; }

    public StoredResource File(
        string type, string id, string? personId, SharingCategory category, DateTimeOffset at, ResourceIndex? index = null, string content = "")
    {
        var version = 1 + All.Count(filed => filed.Resource.Type == type && filed.Resource.Id == id);
        var meta = $"\"meta\":{{\"versionId\":\"{version}\",\"lastUpdated\":\"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"}}";
        var json = $"{{\"resourceType\":\"{type}\",\"id\":\"{id}\",{meta}{(content.Length > 0 ? "," + content : "")}}}";
        var stored = new StoredResource(type, id, version, at, personId, category, "source-1", new DepositId(All.Count + 1), Encoding.UTF8.GetBytes(json));
        All.Add(new(stored, index ?? ResourceIndex.Empty));
        return stored;
    }

    public Task<StoredResource?> ReadAsync(string type, string id, int? version, CancellationToken cancellationToken)
    {
        Ask("read");
        return Task.FromResult(All.Select(filed => filed.Resource).LastOrDefault(stored => stored.Type == type && stored.Id == id && (version is null || stored.Version == version)));
    }

    public Task<IReadOnlyList<StoredResource>> ReadCurrentAsync(IReadOnlyList<ResourceKey> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredResource>>([.. Current().Select(filed => filed.Resource).Where(stored => keys.Contains(new(stored.Type, stored.Id)))]);

    public Task<IReadOnlyList<StoredResource>> HistoryAsync(string type, string id, CancellationToken cancellationToken)
    {
        Ask("history");
        return Task.FromResult<IReadOnlyList<StoredResource>>(
            [.. All.Select(filed => filed.Resource).Where(stored => stored.Type == type && stored.Id == id).OrderByDescending(stored => stored.Version)]);
    }

    public Task<RecordPage> SearchAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        Ask("search");
        LastQuery = query;
        return Task.FromResult(Page(Current().Where(filed => filed.Resource.Type == query.Type && filed.Resource.PersonId == query.PersonId && Matches(query, filed)), query.Count, query.After));
    }

    public Task<RecordPage> EverythingAsync(
        string personId, IReadOnlySet<SharingCategory>? permittedCategories, int count, string? after, CancellationToken cancellationToken)
    {
        Ask("everything");
        return Task.FromResult(Page(
            Current().Where(filed => filed.Resource.PersonId == personId && permittedCategories?.Contains(filed.Resource.Category) is not false), count, after));
    }

    private void Ask(string call)
    {
        order.Note(call);
        if (Fault is not null) throw Fault;
    }

    private IEnumerable<Filed> Current() => All.GroupBy(filed => (filed.Resource.Type, filed.Resource.Id)).Select(versions => versions.Last());

    private RecordPage Page(IEnumerable<Filed> matches, int count, string? after)
    {
        var found = matches.Select(filed => filed.Resource).ToList();
        if (Intruder is not null) found.Add(Intruder);
        var start = after is null ? 0 : int.Parse(after[1..], CultureInfo.InvariantCulture);
        var end = start + count;
        return new([.. found.Skip(start).Take(count)], end < found.Count ? $"@{end}" : null, found.Count);
    }

    private static bool Matches(RecordQuery query, Filed filed) =>
        (query.Ids.Count == 0 || query.Ids.Contains(filed.Resource.Id))
        && query.Codes.All(alternatives => alternatives.Any(code => filed.Index.Codes.Any(held => held == code || held.EndsWith("|" + code, StringComparison.Ordinal))))
        && query.Categories.All(alternatives => alternatives.Any(code => filed.Index.Categories.Any(held => held == code || held.EndsWith("|" + code, StringComparison.Ordinal))))
        && (query.Accessions.Count == 0 || query.Accessions.Contains(filed.Index.Accession))
        && (query.Statuses.Count == 0 || query.Statuses.Contains(filed.Index.Status))
        && query.PermittedCategories?.Contains(filed.Resource.Category) is not false;
}
