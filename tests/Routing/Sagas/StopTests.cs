using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Sagas;

/// <summary>What becomes of a deposit that is under way when the hub stops.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly PlainTranslator translator = new();
    private readonly SemaphoreSlim entered = new(0);
    private readonly ManualResetEventSlim released = new();

    public StopTests() => translator.Fault = _ =>
    {
        entered.Release();
        released.Wait(Limit);
        return null;
    };

    [Fact]
    public async Task A_stop_waits_until_it_is_delivered()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        await using var hub = await TestHub.StartAsync(store, translator);
        await hub.SendAsync(PlainMessages.Message("C1"));
        Assert.True(await entered.WaitAsync(Limit));

        var stop = hub.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        Assert.Equal(DepositState.Received, store.StateOf(1));
        released.Set();
        await stop;

        Assert.Equal(DepositState.Delivered, store.StateOf(1));
    }

    [Fact]
    public async Task A_stop_whose_time_is_over_leaves_it_to_the_next_start()
    {
        var store = await TestHub.StoreWithCitizenAsync();
        using var limit = new CancellationTokenSource();
        await using (var hub = await TestHub.StartAsync(store, translator))
        {
            await hub.SendAsync(PlainMessages.Message("C1"));
            Assert.True(await entered.WaitAsync(Limit));
            var stop = hub.StopAsync(limit.Token);
            await limit.CancelAsync();
            await stop;
            Assert.Equal(DepositState.Received, store.StateOf(1));
            released.Set();
        }

        await using var next = await TestHub.StartAsync(store, translator);
        await TestHub.UntilAsync(() => store.StateOf(1) == DepositState.Delivered);
    }

    public void Dispose()
    {
        entered.Dispose();
        released.Dispose();
    }
}
