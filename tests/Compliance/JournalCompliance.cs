using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class JournalCompliance : StoreCompliance
{
    [Fact]
    public async Task Keeps_the_bytes_as_received()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var receipt = (await Store.Journal.AppendAsync(Entry("M1") with { Bytes = bytes }, Cancel)).Value;
        Assert.Equal(JournalVerdict.New, receipt.Verdict);
        Assert.Equal(1, receipt.DepositId.Value);
        Assert.Equal(DepositState.Received, receipt.State);

        await Store.ReopenAsync();
        var kept = await Store.Journal.ReadAsync(receipt.DepositId, Cancel);
        Assert.NotNull(kept);
        Assert.Equal(bytes, kept.Bytes.ToArray());
        Assert.Equal(("synthetic-lab", "M1", "ORU^R01", "MRN1", "UNICODE UTF-8", Noon), (kept.SourceId, kept.ControlId, kept.MessageType, kept.PatientKey, kept.CharacterSet, kept.ReceivedAt));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task Keeps_bytes_of_any_length(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        var receipt = (await Store.Journal.AppendAsync(Entry("M1") with { Bytes = bytes }, Cancel)).Value;
        Assert.Equal(bytes, (await Store.Journal.ReadAsync(receipt.DepositId, Cancel))!.Bytes.ToArray());
    }

    [Fact]
    public async Task A_repeat_gives_the_first_answer_and_no_second_deposit()
    {
        var first = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value;
        var early = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value;
        Assert.Equal((JournalVerdict.Repeat, first.DepositId, DepositState.Received), (early.Verdict, early.DepositId, early.State));
        Assert.Null(early.Acknowledgement);

        Assert.True((await Store.Deposits.CommitAsync(Commit(first.DepositId, answer: "MSA|AA|M1\r"), Cancel)).Accepted);
        await Store.ReopenAsync();
        var late = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value;
        Assert.Equal((JournalVerdict.Repeat, first.DepositId, DepositState.Delivered), (late.Verdict, late.DepositId, late.State));
        Assert.Equal("MSA|AA|M1\r", Encoding.UTF8.GetString(late.Acknowledgement!.Value.Span));
        var only = Assert.Single(await Store.DepositQueries.ListAsync(new(), Cancel));
        Assert.Equal(2, only.Repeats);
    }

    [Fact]
    public async Task Other_bytes_under_a_used_key_are_told_and_not_written()
    {
        var first = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value;
        var other = (await Store.Journal.AppendAsync(Entry("M1", "MSH|other\r"), Cancel)).Value;
        Assert.Equal((JournalVerdict.KeyReused, first.DepositId), (other.Verdict, other.DepositId));
        Assert.Single(await Store.DepositQueries.ListAsync(new(), Cancel));
    }

    [Fact]
    public async Task The_same_control_id_of_another_source_is_another_message()
    {
        await Store.Journal.AppendAsync(Entry("M1"), Cancel);
        var other = (await Store.Journal.AppendAsync(Entry("M1", source: "synthetic-hospital"), Cancel)).Value;
        Assert.Equal(JournalVerdict.New, other.Verdict);
    }

    [Fact]
    public async Task A_message_sent_many_times_at_once_is_new_once()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.Journal.AppendAsync(Entry("M1"), Cancel))));
        Assert.Single(receipts, receipt => receipt.Value.Verdict == JournalVerdict.New);
        Assert.Equal(31, receipts.Count(receipt => receipt.Value.Verdict == JournalVerdict.Repeat));
        Assert.Single(receipts.Select(receipt => receipt.Value.DepositId).Distinct());
    }

    [Fact]
    public async Task Numbers_follow_the_order_of_the_calls()
    {
        var calls = Enumerable.Range(0, 500).Select(number => Store.Journal.AppendAsync(Entry($"M{number}"), Cancel)).ToList();
        var receipts = await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(1, 500).Select(number => (long)number), receipts.Select(receipt => receipt.Value.DepositId.Value));
    }

    [Fact]
    public async Task A_refused_message_is_journaled_with_its_answer()
    {
        var rejection = new Rejection(RejectionCode.SourceUnknown, "No source states this sender", new FieldLocation("MSH", 1, 3));
        var receipt = (await Store.Journal.AppendAsync(Entry("M1", rejection: rejection, answer: "MSA|AR|M1\r"), Cancel)).Value;
        Assert.Equal((JournalVerdict.New, DepositState.Refused), (receipt.Verdict, receipt.State));

        var again = (await Store.Journal.AppendAsync(Entry("M1", rejection: rejection, answer: "MSA|AR|again\r"), Cancel)).Value;
        Assert.Equal((JournalVerdict.Repeat, receipt.DepositId, DepositState.Refused), (again.Verdict, again.DepositId, again.State));
        Assert.Equal("MSA|AR|M1\r", Encoding.UTF8.GetString(again.Acknowledgement!.Value.Span));

        var detail = await Store.DepositQueries.GetAsync(receipt.DepositId, Cancel);
        Assert.Equal(RejectionCode.SourceUnknown, detail!.Summary.Rejection);
        Assert.Equal("MSH[1]-3: No source states this sender", detail.RejectionText);
        Assert.Empty(await UnfinishedAsync());
    }

    [Fact]
    public async Task Refused_messages_without_a_key_are_each_a_deposit()
    {
        var rejection = new Rejection(RejectionCode.MshMissing, "No MSH");
        var first = (await Store.Journal.AppendAsync(Entry(null, "junk", null, rejection), Cancel)).Value;
        var second = (await Store.Journal.AppendAsync(Entry(null, "junk", null, rejection), Cancel)).Value;
        Assert.NotEqual(first.DepositId, second.DepositId);
        Assert.Equal(JournalVerdict.New, second.Verdict);
        Assert.Equal("", (await Store.Journal.ReadAsync(second.DepositId, Cancel))!.SourceId);
    }

    [Fact]
    public async Task A_refusal_does_not_take_the_key_of_an_earlier_message()
    {
        var first = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value;
        var refusal = new Rejection(RejectionCode.ControlIdReused, "MSH-10 was used before");
        var refused = (await Store.Journal.AppendAsync(Entry("M1", "MSH|other\r", rejection: refusal), Cancel)).Value;
        Assert.Equal((JournalVerdict.New, DepositState.Refused), (refused.Verdict, refused.State));
        Assert.NotEqual(first.DepositId, refused.DepositId);
        Assert.Equal("M1", (await Store.DepositQueries.GetAsync(refused.DepositId, Cancel))!.Summary.ControlId);
        Assert.Equal(first.DepositId, (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value.DepositId);
    }

    [Fact]
    public async Task Unfinished_deposits_are_found_oldest_first_after_a_restart()
    {
        for (var number = 1; number <= 1203; number++)
            _ = await Store.Journal.AppendAsync(Entry($"M{number}"), Cancel);
        await Store.Deposits.CommitAsync(Commit(new(2)), Cancel);
        await Store.Deposits.CommitAsync(Commit(new(3), DepositState.AwaitingRetry, dueAt: Noon.AddSeconds(9)), Cancel);
        await Store.Deposits.CommitAsync(Commit(new(4), DepositState.Quarantined), Cancel);
        await Store.ReopenAsync();

        var unfinished = await UnfinishedAsync();
        Assert.Equal(1201, unfinished.Count);
        Assert.Equal([1L, 3L, 5L], unfinished.Take(3).Select(deposit => deposit.DepositId.Value));
        Assert.Equal(new UnfinishedDeposit(new(3), "synthetic-lab", "MRN1", DepositState.AwaitingRetry, Noon.AddSeconds(9)), unfinished[1]);
        Assert.Null(unfinished[0].DueAt);
    }

    [Fact]
    public async Task A_deposit_that_is_not_there_reads_as_null()
    {
        Assert.Null(await Store.Journal.ReadAsync(new(77), Cancel));
        Assert.Null(await Store.DepositQueries.GetAsync(new(77), Cancel));
        Assert.Null(await Store.Deposits.LoadSagaAsync(new(77), Cancel));
    }

    private async Task<List<UnfinishedDeposit>> UnfinishedAsync()
    {
        var unfinished = new List<UnfinishedDeposit>();
        await foreach (var deposit in Store.Journal.UnfinishedAsync(Cancel)) unfinished.Add(deposit);
        return unfinished;
    }
}
