using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class DepositStoreCompliance : StoreCompliance
{
    [Fact]
    public async Task A_commit_keeps_saga_resources_answer_and_audit_together()
    {
        var id = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value.DepositId;
        var commit = Commit(id, resources: [Resource("Observation", Id(1)), Resource("DiagnosticReport", "local-7")], answer: "MSA|AA|M1\r", audit: [Audit()]);
        Assert.Equal(id, (await Store.Deposits.CommitAsync(commit, Cancel)).Value);
        await Store.ReopenAsync();

        var detail = (await Store.DepositQueries.GetAsync(id, Cancel))!;
        Assert.Equal(DepositState.Delivered, detail.Summary.State);
        Assert.Equal(new LedgerCounts(10, 2, 1), detail.Summary.Ledger);
        Assert.Equal(TimeSpan.FromMilliseconds(40), detail.Summary.Elapsed);
        Assert.Equal(PersonId, detail.PersonId);
        Assert.Equal("MSA|AA|M1\r", Encoding.UTF8.GetString(detail.Acknowledgement!.Value.Span));
        Assert.Equal([new("Observation", Id(1), 1), new("DiagnosticReport", "local-7", 1)], detail.Resources);
        Assert.Equal(commit.Saga.Timeline, detail.Saga!.Timeline);
        Assert.Equal([Audit()], await Store.Audit.ListAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task Each_resource_of_a_deposit_goes_to_its_own_person()
    {
        var other = Id("other person");
        var id = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value.DepositId;
        await Store.Deposits.CommitAsync(
            Commit(id, resources:
            [
                Resource("Encounter", Id(1)) with { SubjectId = PersonId }, Resource("Encounter", Id(2)) with { SubjectId = other },
                Resource("Location", "ward", aboutPatient: false) with { SubjectId = other },
            ]), Cancel);
        Assert.Equal(PersonId, (await Store.DepositQueries.GetAsync(id, Cancel))!.PersonId);
        Assert.Equal([Id(1)], (await Store.Record.EverythingAsync(PersonId, null, 10, null, Cancel)).Resources.Select(resource => resource.Id));
        Assert.Equal([Id(2)], (await Store.Record.EverythingAsync(other, null, 10, null, Cancel)).Resources.Select(resource => resource.Id));
        Assert.Null((await Store.Record.ReadAsync("Location", "ward", null, Cancel))!.PersonId);
    }

    [Fact]
    public async Task A_journaled_deposit_has_a_saga_at_version_0()
    {
        var id = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value.DepositId;
        var saga = (await Store.Deposits.LoadSagaAsync(id, Cancel))!;
        Assert.Equal((DepositState.Received, 0, 0), (saga.State, saga.Version, saga.Attempts));
        Assert.Equal([new DepositTransition(DepositState.Received, Noon, null)], saga.Timeline);

        var refusal = new Rejection(RejectionCode.SourceUnknown, "No source states this sender");
        var refused = (await Store.Journal.AppendAsync(Entry("M2", rejection: refusal), Cancel)).Value.DepositId;
        saga = (await Store.Deposits.LoadSagaAsync(refused, Cancel))!;
        Assert.Equal((DepositState.Refused, 0), (saga.State, saga.Version));
    }

    [Fact]
    public async Task A_save_against_another_version_changes_nothing()
    {
        var id = await Store.DeliverAsync("M1", Resource("Observation", Id(1)));
        var late = await Store.Deposits.CommitAsync(Commit(id, resources: [Resource("Observation", Id(2))], audit: [Audit()]), Cancel);
        Assert.Equal(RejectionCode.VersionConflict, late.Rejection?.Code);
        Assert.Null(await Store.Record.ReadAsync("Observation", Id(2), null, Cancel));
        Assert.Empty(await Store.Audit.ListAsync(null, 10, Cancel));

        Assert.True((await Store.Deposits.CommitAsync(Commit(id, DepositState.Quarantined, version: 1), Cancel)).Accepted);
        Assert.Equal(2, (await Store.Deposits.LoadSagaAsync(id, Cancel))!.Version);
    }

    [Fact]
    public async Task Of_two_saves_at_once_one_wins()
    {
        var id = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value.DepositId;
        var saves = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Deposits.CommitAsync(Commit(id), Cancel))));
        Assert.Single(saves, save => save.Accepted);
    }

    [Fact]
    public async Task A_commit_on_a_deposit_that_is_not_there_is_refused()
    {
        Assert.Equal(RejectionCode.ResourceNotFound, (await Store.Deposits.CommitAsync(Commit(new(9)), Cancel)).Rejection?.Code);
    }

    [Fact]
    public async Task A_changed_resource_gets_the_next_version_and_an_equal_one_does_not()
    {
        await Store.DeliverAsync("M1", Resource("Observation", Id(1), "\"status\":\"preliminary\""));
        await Store.DeliverAsync("M2", Resource("Observation", Id(1), "\"status\":\"preliminary\""));
        var third = await Store.DeliverAsync("M3", Resource("Observation", Id(1), "\"status\":\"final\""));

        var history = await Store.Record.HistoryAsync("Observation", Id(1), Cancel);
        Assert.Equal([(2, 3L), (1, 1L)], history.Select(version => (version.Version, version.DepositId.Value)));
        Assert.Contains("final", Encoding.UTF8.GetString(history[0].Json.Span), StringComparison.Ordinal);
        Assert.Contains("preliminary", Encoding.UTF8.GetString(history[1].Json.Span), StringComparison.Ordinal);
        Assert.Equal(history[1].Json.ToArray(), (await Store.Record.ReadAsync("Observation", Id(1), 1, Cancel))!.Json.ToArray());
        Assert.Null(await Store.Record.ReadAsync("Observation", Id(1), 3, Cancel));
        Assert.Equal([new("Observation", Id(1), 2)], (await Store.DepositQueries.GetAsync(third, Cancel))!.Resources);
        Assert.Empty((await Store.DepositQueries.GetAsync(new(2), Cancel))!.Resources);
    }

    [Fact]
    public async Task Said_in_passing_never_replaces_and_message_only_is_not_in_the_record()
    {
        await Store.DeliverAsync("M1", Resource("Practitioner", Id(1), "\"active\":true", aboutPatient: false));
        await Store.DeliverAsync(
            "M2", Resource("Practitioner", Id(1), mode: WriteMode.CreateIfAbsent, aboutPatient: false),
            Resource("MessageHeader", Id(2), mode: WriteMode.MessageOnly, aboutPatient: false), Resource("Practitioner", Id(3), mode: WriteMode.CreateIfAbsent, aboutPatient: false));
        Assert.Equal(1, (await Store.Record.ReadAsync("Practitioner", Id(1), null, Cancel))!.Version);
        Assert.Null(await Store.Record.ReadAsync("MessageHeader", Id(2), null, Cancel));
        var created = await Store.Record.ReadAsync("Practitioner", Id(3), null, Cancel);
        Assert.Null(created!.PersonId);
    }

    [Fact]
    public async Task A_deposit_may_write_resources_in_two_commits()
    {
        var id = await Store.DeliverAsync("M1", Resource("Observation", Id(1)), Resource("Observation", Id(2)));
        await Store.Deposits.CommitAsync(Commit(id, version: 1, resources: [Resource("Observation", Id(2), "\"status\":\"final\""), Resource("Observation", Id(3))]), Cancel);
        Assert.Equal(Id(1), (await Store.Record.ReadAsync("Observation", Id(1), null, Cancel))!.Id);
        Assert.Equal(Id(3), (await Store.Record.ReadAsync("Observation", Id(3), null, Cancel))!.Id);
        var second = await Store.Record.HistoryAsync("Observation", Id(2), Cancel);
        Assert.Contains("final", Encoding.UTF8.GetString(second[0].Json.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("final", Encoding.UTF8.GetString(second[1].Json.Span), StringComparison.Ordinal);
        Assert.Equal(4, (await Store.DepositQueries.GetAsync(id, Cancel))!.Resources.Count);
    }

    [Fact]
    public async Task Repaired_bytes_are_processed_and_the_bytes_as_received_stay()
    {
        var id = (await Store.Journal.AppendAsync(Entry("M1", "as received"), Cancel)).Value.DepositId;
        await Store.Deposits.CommitAsync(Commit(id, DepositState.Quarantined), Cancel);
        await Store.Deposits.RepairAsync(id, "first repair"u8.ToArray(), Audit("repair"), Cancel);
        await Store.Deposits.RepairAsync(id, "second repair"u8.ToArray(), Audit("repair"), Cancel);
        Assert.Equal("second repair"u8.ToArray(), (await Store.Journal.ReadAsync(id, Cancel))!.Bytes.ToArray());
        var detail = (await Store.DepositQueries.GetAsync(id, Cancel))!;
        Assert.Equal("as received"u8.ToArray(), detail.Bytes.ToArray());
        Assert.Equal("second repair"u8.ToArray(), detail.RepairedBytes!.Value.ToArray());
        Assert.Equal(2, (await Store.Audit.ListAsync(null, 10, Cancel)).Count);
    }

    [Fact]
    public async Task A_commit_without_answer_leaves_the_answer_that_is_there()
    {
        var id = (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value.DepositId;
        await Store.Deposits.CommitAsync(Commit(id, DepositState.Quarantined, answer: "first"), Cancel);
        await Store.Deposits.CommitAsync(Commit(id, version: 1), Cancel);
        Assert.Equal("first"u8.ToArray(), (await Store.Journal.AppendAsync(Entry("M1"), Cancel)).Value.Acknowledgement!.Value.ToArray());
    }
}
