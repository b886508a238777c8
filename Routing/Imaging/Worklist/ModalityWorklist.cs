using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Worklist;

/// <inheritdoc/>
internal sealed class ModalityWorklist(
    IWorklistStore store, IRecordReader record, IScheduledStepWriter writer, IRegistry registry, WorklistGate gate, TimeProvider clock) : IWorklist
{
    /// <summary>A query that names no day is not told of orders that nobody carried out for so long.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromDays(31);

    /// <summary>Orders that one query is held against.</summary>
    private const int MostOrders = 10_000;

    // Hong Kong's: for a source that is registered without an offset.
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    public async ValueTask<Result<WorklistMatches>> FindAsync(
        AccessPrincipal principal, ReadOnlyMemory<byte> identifier, int most, CancellationToken cancellationToken)
    {
        using var query = JsonDataSet.Parse(identifier);
        var keys = query.RootElement;
        if (Fault(keys) is { } fault) return fault;
        var offset = OffsetOf(principal.SourceId);
        var (from, until) = WorklistKeys.Days(keys);
        var orders = await store.OpenAsync(
            [.. registry.Sources.Where(source => source.ProviderId == principal.ProviderId).Select(source => source.Id)],
            from is { } first ? BeginOf(first, offset) : until is null ? clock.GetUtcNow() - Forgotten : DateTimeOffset.UnixEpoch,
            until is { Year: < 9999 } last ? BeginOf(last.AddDays(1), offset) : DateTimeOffset.MaxValue, MostOrders + 1, cancellationToken).ConfigureAwait(false);
        if (orders.Count > MostOrders) return new Rejection(RejectionCode.TooManyMatches, "More orders are open than one query is held against: name the days");

        var persons = (await PersonsAsync(orders, cancellationToken).ConfigureAwait(false)).ToDictionary(person => new ResourceKey(person.Type, person.Id));
        var title = StationOf(keys) ?? principal.Name;
        var matches = new List<(string Person, ReadOnlyMemory<byte> Answer)>();
        foreach (var order in orders)
        {
            using var item = JsonDocument.Parse(writer.Write(order, persons, offset));
            var unbound = !JsonDataSet.Items(item.RootElement, WorklistKeys.Step).Any(step => step.TryGetProperty(WorklistKeys.StationAeTitle, out _));
            // An order that names no station is for those where it was placed.
            if (unbound && registry.GetSource(order.Order.SourceId)?.ServiceLocationId != principal.ServiceLocationId) continue;
            if (WorklistMatching.Matches(keys, item.RootElement, unbound)) matches.Add((order.Order.PersonId!, WorklistAnswer.Write(keys, item.RootElement, title)));
        }

        if (matches.Count > most) return new Rejection(RejectionCode.TooManyMatches, "More matches than one query gives");
        var permitted = await gate.AdmitAsync(principal, Target(keys), [.. matches.Select(match => match.Person).Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
        if (!permitted.Accepted) return permitted.Rejection;
        return new WorklistMatches(
            [.. matches.Where(match => permitted.Value.Contains(match.Person)).Select(match => match.Answer)],
            Valued(keys).Any(key => !WorklistKeys.IsMatched(key.Tag)));
    }

    /// <summary>The first and the last year stand for an open end: times of theirs may lie outside the calendar elsewhere.</summary>
    private static DateTimeOffset BeginOf(DateOnly day, TimeSpan offset) =>
        day.Year == 1 ? DateTimeOffset.UnixEpoch : day.Year == 9999 ? DateTimeOffset.MaxValue : new(day.ToDateTime(TimeOnly.MinValue), offset);

    private static Rejection? Fault(JsonElement keys) =>
        Valued(keys).Any(key => WorklistKeys.IsMatched(key.Tag) && key.Vr is "DA" or "TM" && MatchingDate.Range(key.Value) is null)
            ? new(RejectionCode.QueryIdentifierInvalid, "A key is neither a date or time nor a range of them")
            : null;

    private static string? StationOf(JsonElement keys) =>
        Valued(keys).Where(key => key.Tag == WorklistKeys.StationAeTitle && !Wildcard.Contains(key.Value)).Select(key => key.Value).FirstOrDefault();

    /// <summary>Names of the keys; never a value, which may be a name or a card number.</summary>
    private static string Target(JsonElement keys) => $"worklist?{string.Join(',', Valued(keys).Select(key => key.Tag))}";

    private static IEnumerable<(string Tag, string Vr, string Value)> Valued(JsonElement keys) =>
        [.. WorklistKeys.WithValue(keys), .. JsonDataSet.Items(keys, WorklistKeys.Step).Take(1).SelectMany(WorklistKeys.WithValue)];

    private TimeSpan OffsetOf(string? sourceId) =>
        sourceId is not null && TimeSpan.TryParse(registry.GetSource(sourceId)?.UtcOffset?.TrimStart('+'), CultureInfo.InvariantCulture, out var offset) ? offset : HongKong;

    private async Task<IReadOnlyList<StoredResource>> PersonsAsync(IReadOnlyList<OpenOrder> orders, CancellationToken cancellationToken)
    {
        var keys = orders.SelectMany(order => writer.PersonsOf(order.Order)).Distinct().ToList();
        return keys.Count == 0 ? [] : await record.ReadCurrentAsync(keys, cancellationToken).ConfigureAwait(false);
    }
}
