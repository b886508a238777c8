using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Intake;

/// <summary>The same message again changes nothing; the same key with other bytes is refused.</summary>
public sealed class RepeatTests
{
    [Theory]
    [InlineData("", "", "A1234563", "")]
    [InlineData("", "", "G123456A", "")]
    [InlineData("AL", "AL", "A1234563", "")]
    [InlineData("AL", "ER", "G123456A", "")]
    [InlineData("AL", "NE", "A1234563", "")]
    [InlineData("AL", "AL", "A1234563", "BROKEN|\r")]
    [InlineData("", "", "A1234563", "BROKEN|\r")]
    public async Task A_repeat_gets_the_first_answers_byte_for_byte(string accept, string application, string document, string more)
    {
        var time = new ManualTime();
        var store = await TestHub.StoreWithCitizenAsync(time);
        await using var hub = await TestHub.StartAsync(store, time: time);
        byte[] message = [.. PlainMessages.Message("C1", document: document, accept: accept, application: application), .. System.Text.Encoding.ASCII.GetBytes(more)];
        var first = await hub.SendAsync(message);
        var firstAnswer = await first.Application;
        await TestHub.UntilAsync(() => store.StateOf(1) != DepositState.Received);
        time.Advance(TimeSpan.FromHours(1));

        var again = await hub.SendAsync(message);
        Assert.Equal(TestHub.Text(first.Accept), TestHub.Text(again.Accept));
        Assert.Equal(TestHub.Text(firstAnswer), TestHub.Text(await again.Application));
        Assert.Single(store.Rows);
        Assert.InRange(store.Rows[0].Deliveries, 0, 1);
    }

    [Fact]
    public async Task The_same_message_many_times_at_once_is_one_deposit_with_one_answer()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        var message = PlainMessages.Message("C1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => TestHub.Text(await (await hub.SendAsync(message)).Application))));
        Assert.Single(answers.Distinct());
        Assert.Contains("MSA|AA|C1", answers[0], StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(store.Rows).Deliveries);
    }

    [Fact]
    public async Task The_same_key_with_other_bytes_is_refused_and_kept_for_people_to_see()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        var answer = await (await hub.SendAsync(PlainMessages.Message("C1", body: "other"))).Application;
        Assert.Equal("AE", TestHub.Code(answer));
        Assert.Contains("|304", TestHub.Text(answer), StringComparison.Ordinal);
        Assert.Equal([DepositState.Delivered, DepositState.Refused], store.Rows.Select(row => row.Saga.State));
        Assert.Equal(RejectionCode.ControlIdReused, store.Rows[1].Rejection?.Code);

        // The first message still has its answer, and the key still belongs to it.
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        Assert.Equal("CE", TestHub.Code((await hub.SendAsync(PlainMessages.Message("C1", body: "other", accept: "AL"))).Accept));
    }

    [Fact]
    public async Task The_same_key_of_another_source_is_another_message()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store);
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1")));
        Assert.Equal("AA", await hub.ApplicationCodeAsync(PlainMessages.Message("C1", facility: "CLINIC")));
        Assert.Equal(2, store.Rows.Sum(row => row.Deliveries));
    }
}
