using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Intake;

/// <summary>Which answers leave, by MSH-15 and MSH-16 (HL7 v2.8.2 2.9).</summary>
public sealed class AcknowledgementModeTests
{
    // MSH-15, MSH-16, then accept and application answer for: delivered, refused by the record, refused by syntax.
    [Theory]
    [InlineData("", "", null, "AA", null, "AE", null, "AE")]
    [InlineData("AL", "AL", "CA", "AA", "CA", "AE", "CE", null)]
    [InlineData("AL", "NE", "CA", null, "CA", null, "CE", null)]
    [InlineData("AL", "", "CA", null, "CA", null, "CE", null)]
    [InlineData("AL", "ER", "CA", null, "CA", "AE", "CE", null)]
    [InlineData("AL", "SU", "CA", "AA", "CA", null, "CE", null)]
    [InlineData("NE", "AL", null, "AA", null, "AE", null, "AE")]
    [InlineData("", "AL", null, "AA", null, "AE", null, "AE")]
    [InlineData("NE", "NE", null, null, null, null, null, null)]
    [InlineData("ER", "AL", null, "AA", null, "AE", "CE", null)]
    [InlineData("ER", "NE", null, null, null, null, "CE", null)]
    [InlineData("SU", "ER", "CA", null, "CA", "AE", null, "AE")]
    public async Task Answers_leave_as_asked_for(
        string accept, string application, string? deliveredAccept, string? delivered, string? refusedAccept, string? refused, string? syntaxAccept, string? syntax)
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        await ExpectAsync(hub, PlainMessages.Message("D", accept: accept, application: application), deliveredAccept, delivered);
        await ExpectAsync(hub, PlainMessages.Message("R", accept: accept, application: application, patient: "MR9", document: "G123456A"), refusedAccept, refused);
        await ExpectAsync(hub, [.. PlainMessages.Message("S", accept: accept, application: application), .. "BROKEN|\r"u8], syntaxAccept, syntax);
        await TestHub.UntilAsync(() => store.Rows.All(row => row.Saga.State is DepositState.Delivered or DepositState.Refused));
        Assert.Equal([DepositState.Delivered, DepositState.Refused, DepositState.Refused], store.Rows.Select(row => row.Saga.State));
    }

    /// <summary>Or two systems would answer each other's acknowledgements for ever. MSH-15, MSH-16, then the accept answer if it is delivered, and if it is refused.</summary>
    [Theory]
    [InlineData("ACK", "", "", null, null)]
    [InlineData("ACK^R01", "", "", null, null)]
    [InlineData("MCF^R01", "", "", null, null)]
    [InlineData("ACK^R01", "NE", "AL", null, null)]
    [InlineData("ACK^R01", "", "AL", null, null)]
    [InlineData("ACK^R01", "ER", "AL", null, "CE")]
    [InlineData("ACK^R01", "AL", "AL", "CA", "CE")]
    public async Task An_acknowledgement_gets_no_application_answer_and_an_accept_answer_only_where_it_asks(
        string type, string accept, string application, string? delivered, string? refused)
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        await ExpectAsync(hub, PlainMessages.Message("A", type: type, accept: accept, application: application), delivered, null);
        await ExpectAsync(hub, PlainMessages.Message("A", type: type, accept: accept, application: application), delivered, null);
        await ExpectAsync(hub, PlainMessages.Message("U", type: type, accept: accept, application: application, facility: "NOBODY"), refused is null ? null : "CR", null);
        await ExpectAsync(hub, [.. PlainMessages.Message("S", type: type, accept: accept, application: application), .. "BROKEN|\r"u8], refused, null);
        await TestHub.UntilAsync(() => store.Rows.Count == 3 && store.Rows.All(row => row.Saga.State is DepositState.Delivered or DepositState.Refused));
    }

    [Fact]
    public async Task In_enhanced_mode_CA_leaves_at_the_journal_commit_and_the_application_answer_follows()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        var mayCommit = new TaskCompletionSource();
        store.BeforeCommit = async _ =>
        {
            await mayCommit.Task;
            return null;
        };
        await using var hub = await TestHub.StartAsync(store);
        var answer = await hub.SendAsync(PlainMessages.Message("C1", accept: "AL", application: "AL"));
        Assert.Equal("CA", TestHub.Code(answer.Accept));
        Assert.False(answer.Application.IsCompleted);
        mayCommit.SetResult();
        Assert.Equal("AA", TestHub.Code(await answer.Application));
    }

    [Fact]
    public async Task In_original_mode_nothing_leaves_before_the_outcome_is_committed()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        var mayCommit = new TaskCompletionSource();
        var committing = new TaskCompletionSource();
        store.BeforeCommit = async _ =>
        {
            committing.SetResult();
            await mayCommit.Task;
            return null;
        };
        await using var hub = await TestHub.StartAsync(store);
        var answer = await hub.SendAsync(PlainMessages.Message("C1"));
        await committing.Task;
        Assert.Null(answer.Accept);
        Assert.False(answer.Application.IsCompleted);
        mayCommit.SetResult();
        Assert.Equal("AA", TestHub.Code(await answer.Application));
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_that_the_message_is_kept_and_a_repeat_gets_the_decision()
    {
        var time = new ManualTime();
        var store = await TestHub.StoreWithCitizenAsync(time);
        var mayCommit = new TaskCompletionSource();
        store.BeforeCommit = async _ =>
        {
            await mayCommit.Task;
            return null;
        };
        await using var hub = await TestHub.StartAsync(store, time: time);
        var answer = await hub.SendAsync(PlainMessages.Message("C1"));
        time.Advance(TimeSpan.FromSeconds(31));
        var late = await answer.Application;
        Assert.Equal("AE", TestHub.Code(late));
        Assert.Contains("|604", TestHub.Text(late), StringComparison.Ordinal);
        mayCommit.SetResult();
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        Assert.Equal(1, Assert.Single(store.Rows).Deliveries);
    }

    private static async Task ExpectAsync(TestHub hub, byte[] message, string? accept, string? application)
    {
        IntakeAnswer answer = await hub.SendAsync(message);
        Assert.Equal((accept, application), (TestHub.Code(answer.Accept), TestHub.Code(await answer.Application)));
    }
}
