using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class DepositQueriesCompliance : StoreCompliance
{
    private static readonly Rejection Conflict = new(RejectionCode.IdentityConflict, "Sex differs from the index", new FieldLocation("PID", 1, 8));

    [Fact]
    public async Task Filters_find_what_they_name_newest_first()
    {
        await FillAsync();
        await Finds(new(), 6, 5, 4, 3, 2, 1);
        await Finds(new(Count: 2), 6, 5);
        await Finds(new(Before: new(5), Count: 2), 4, 3);
        await Finds(new(SourceId: "synthetic-hospital"), 4, 2);
        await Finds(new(State: DepositState.Delivered), 1);
        await Finds(new(State: DepositState.Refused), 6, 2);
        await Finds(new(State: DepositState.Quarantined), 3);
        await Finds(new(State: DepositState.AwaitingRetry), 4);
        await Finds(new(State: DepositState.Received), 5);
        await Finds(new(Rejection: RejectionCode.IdentityConflict), 2);
        await Finds(new(State: DepositState.Refused, Rejection: RejectionCode.MshMissing), 6);
        await Finds(new(MessageType: "ADT^A01"), 4, 2);
        await Finds(new(From: Noon.AddMinutes(2), Until: Noon.AddMinutes(4)), 4, 3);
        await Finds(new(SourceId: "synthetic-hospital", State: DepositState.Refused), 2);
        await Finds(new(SourceId: "unknown"));
        await Finds(new(WithoutSource: true), 6);
        await Finds(new(WithoutSource: true, State: DepositState.Delivered));
    }

    [Fact]
    public async Task A_message_code_finds_all_its_events_and_nothing_that_only_begins_like_it()
    {
        await FillAsync();
        foreach (var type in (string[])["ADT", "ADTX^A01", "ADT^A08", "AD^A01"]) await Store.Journal.AppendAsync(Entry($"HOSP-{type}", source: "synthetic-hospital", type: type), Cancel);
        await Finds(new(MessageType: "ADT"), 9, 7, 4, 2);
        await Finds(new(MessageType: "ADT", Count: 3), 9, 7, 4);
        await Finds(new(MessageType: "ADT", Before: new(7)), 4, 2);
        await Finds(new(MessageType: "ADT", Text: "HOSP", State: DepositState.AwaitingRetry), 4);
        await Finds(new(MessageType: "ADT", Text: "LAB"));
        await Finds(new(MessageType: "ZZZ"));
    }

    [Fact]
    public async Task Text_finds_control_ids_numbers_and_types_by_prefix()
    {
        await FillAsync();
        await Finds(new(Text: "LAB"), 5, 3, 1);
        await Finds(new(Text: "LAB-3"), 3);
        await Finds(new(Text: "4"), 4);
        await Finds(new(Text: "adt"), 4, 2);
        await Finds(new(Text: "LAB", State: DepositState.Quarantined), 3);
        await Finds(new(Text: "AB"));
        await Finds(new(Text: "6"), 6);
        for (var number = 7; number <= 12; number++) await Store.Journal.AppendAsync(Entry($"X{number}", at: Noon.AddMinutes(number)), Cancel);
        await Finds(new(Text: "1"), 12, 11, 10, 1);
    }

    [Fact]
    public async Task Counts_are_by_source_and_by_refusal()
    {
        await FillAsync();
        Assert.Equal(
            [new(null, 1, 0, 1, 0, 0), new("synthetic-hospital", 2, 0, 1, 0, 1), new("synthetic-lab", 3, 1, 0, 1, 1)],
            (await Store.DepositQueries.CountAsync(Noon, Noon.AddHours(1), Cancel)).OrderBy(counts => counts.SourceId, StringComparer.Ordinal));
        Assert.Equal(
            [new(RejectionCode.MshMissing, 1), new(RejectionCode.IdentityConflict, 1)],
            (await Store.DepositQueries.CountRefusalsAsync(Noon, Noon.AddHours(1), Cancel)).OrderBy(row => row.Key));
        Assert.Equal([new("synthetic-hospital", 1, 0, 1, 0, 0)], await Store.DepositQueries.CountAsync(Noon.AddMinutes(1), Noon.AddMinutes(2), Cancel));
        Assert.Empty(await Store.DepositQueries.CountAsync(Noon.AddDays(1), Noon.AddDays(2), Cancel));
    }

    [Fact]
    public async Task A_replayed_deposit_counts_in_its_new_state()
    {
        await FillAsync();
        await Store.Deposits.CommitAsync(Commit(new(2), DepositState.Received, version: 1), Cancel);
        Assert.DoesNotContain(RejectionCode.IdentityConflict, (await Store.DepositQueries.CountRefusalsAsync(Noon, Noon.AddHours(1), Cancel)).Keys);
        await Finds(new(State: DepositState.Received), 5, 2);
        await Store.Deposits.CommitAsync(Commit(new(2), version: 2), Cancel);
        var counts = (await Store.DepositQueries.CountAsync(Noon.AddMinutes(1), Noon.AddMinutes(2), Cancel)).Single();
        Assert.Equal(new("synthetic-hospital", 1, 1, 0, 0, 0), counts);
        await Finds(new(State: DepositState.Refused), 6);
    }

    [Fact]
    public async Task A_deposit_is_shown_whole()
    {
        await FillAsync();
        var detail = (await Store.DepositQueries.GetAsync(new(2), Cancel))!;
        Assert.Equal("HOSP-2", detail.Summary.ControlId);
        Assert.Equal("127.0.0.1:40000", detail.Peer);
        Assert.Equal("UNICODE UTF-8", detail.CharacterSet);
        Assert.Equal("PID[1]-8: Sex differs from the index", detail.RejectionText);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(detail.Bytes.Span)), detail.Sha256);
        Assert.Equal(detail.Bytes.Length, detail.Summary.Size);
        Assert.Null(detail.RepairedBytes);
        Assert.Null(detail.Acknowledgement);
        Assert.Empty(detail.Resources);
    }

    private async Task FillAsync()
    {
        await Store.Registry.SaveAsync(new EHealthPlus.Routing.Contracts.Registry.Source("synthetic-lab", "p", "l", "LAB", "HOSP"), Cancel);
        await Store.Registry.SaveAsync(new EHealthPlus.Routing.Contracts.Registry.Source("synthetic-hospital", "p", "l", "HIS", "HOSP"), Cancel);
        await Store.Journal.AppendAsync(Entry("LAB-1", at: Noon), Cancel);
        await Store.Journal.AppendAsync(Entry("HOSP-2", source: "synthetic-hospital", type: "ADT^A01", at: Noon.AddMinutes(1)), Cancel);
        await Store.Journal.AppendAsync(Entry("LAB-3", at: Noon.AddMinutes(2)), Cancel);
        await Store.Journal.AppendAsync(Entry("HOSP-4", source: "synthetic-hospital", type: "ADT^A01", at: Noon.AddMinutes(3)), Cancel);
        await Store.Journal.AppendAsync(Entry("LAB-5", at: Noon.AddMinutes(4)), Cancel);
        await Store.Journal.AppendAsync(Entry(null, source: null, type: "", at: Noon.AddMinutes(5), rejection: new(RejectionCode.MshMissing, "No MSH")), Cancel);
        await Store.Deposits.CommitAsync(Commit(new(1)), Cancel);
        await Store.Deposits.CommitAsync(Commit(new(2), DepositState.Refused, rejection: Conflict), Cancel);
        await Store.Deposits.CommitAsync(Commit(new(3), DepositState.Quarantined, rejection: new(RejectionCode.RetriesExhausted, "Tried 5 times")), Cancel);
        await Store.Deposits.CommitAsync(Commit(new(4), DepositState.AwaitingRetry), Cancel);
    }

    private async Task Finds(DepositFilter filter, params long[] ids) =>
        Assert.Equal(ids, (await Store.DepositQueries.ListAsync(filter, Cancel)).Select(deposit => deposit.Id.Value));
}
