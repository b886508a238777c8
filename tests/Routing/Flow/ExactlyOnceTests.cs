using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Flow;

/// <summary>
/// Random feeds through hubs that die at random moments, with faults, full disks and repeats between: whatever was answered positively is in
/// the record once, and each patient's messages were applied in the order sent.
/// </summary>
public sealed class ExactlyOnceTests
{
    private const int Senders = 6;
    private const int MessagesEach = 25;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Whatever_is_acknowledged_is_stored_once_and_in_order(int seed)
    {
        var chance = new Chance(seed);
        var store = await TestHub.StoreWithCitizenAsync();
        var positive = new ConcurrentDictionary<string, byte>();
        var applied = new ConcurrentQueue<string>();
        var translator = new PlainTranslator { Fault = _ => chance.OneIn(20) ? throw new IOException("synthetic") : null };
        store.Flush = _ => Task.Delay(chance.Below(3));
        store.JournalRefusal = _ => chance.OneIn(15) ? new(RejectionCode.StorageFull, "No room") : null;
        store.BeforeCommit = async _ =>
        {
            await Task.Delay(chance.Below(3));
            return chance.OneIn(15) ? new(RejectionCode.StorageFull, "No room") : null;
        };
        store.AfterCommit = commit =>
        {
            if (commit.Saga.State == DepositState.Delivered) applied.Enqueue(store.Rows[(int)commit.Saga.DepositId.Value - 1].Entry.ControlId!);
            return Task.CompletedTask;
        };

        // Each sender sends in order, and goes on only after a positive answer; after a crash it sends the same message again.
        var position = new int[Senders];
        for (var life = 0; position.Any(done => done < MessagesEach); life++)
        {
            Assert.True(life < 60, "The senders came to no end.");
            var plug = new Plug(store, store);
            var hub = await TestHub.StartAsync(
                store, translator, TimeProvider.System, new() { InFlightLimit = 8, BacklogLimit = 4 },
                new() { FirstRetryDelay = TimeSpan.FromMilliseconds(5), RetryFactor = 1.5, StoreDelay = TimeSpan.FromMilliseconds(5), MaximumAttempts = 50 }, plug: plug);
            using var dead = new CancellationTokenSource();
            var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAllAsync(hub, sender, position, positive, chance, dead.Token))).ToArray();
            var all = Task.WhenAll(senders);
            if (life < 8) await Task.WhenAny(all, Task.Delay(chance.Below(60)));
            else await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(20)));
            plug.Pull();
            await dead.CancelAsync();
            await all;
        }

        // A last, sound hub finishes what is left.
        store.JournalRefusal = _ => null;
        store.BeforeCommit = _ => Task.FromResult<Rejection?>(null);
        await using var last = await TestHub.StartAsync(store, time: TimeProvider.System);
        await TestHub.UntilAsync(() => store.Rows.All(row => row.Saga.State == DepositState.Delivered));

        Assert.Equal(Senders * MessagesEach, positive.Count);
        Assert.All(store.Rows, row => Assert.Equal(1, row.Deliveries));
        Assert.Equal(positive.Keys.Order(StringComparer.Ordinal), store.Rows.Select(row => row.Entry.ControlId!).Order(StringComparer.Ordinal));
        for (var sender = 0; sender < Senders; sender++)
        {
            var prefix = $"S{sender}N";
            var order = applied.Where(control => control.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            Assert.Equal(order.Order(StringComparer.Ordinal), order);
        }
    }

    private static async Task SendAllAsync(
        TestHub hub, int sender, int[] position, ConcurrentDictionary<string, byte> positive, Chance chance, CancellationToken dead)
    {
        var enhanced = sender % 2 == 1;
        while (position[sender] < MessagesEach && !dead.IsCancellationRequested)
        {
            var control = $"S{sender}N{position[sender]:D3}";
            var message = PlainMessages.Message(
                control, patient: $"MR{sender}", facility: sender % 3 == 0 ? "CLINIC" : "HOSPITAL", accept: enhanced ? "AL" : "", application: enhanced ? "NE" : "");
            var copies = chance.OneIn(4) ? 2 : 1;
            var codes = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => CodeAsync(hub, message, dead)));
            if (!codes.Any(code => code is "AA" or "CA")) continue;
            positive[control] = 1;
            position[sender]++;
        }
    }

    /// <returns>Null where the hub died before it answered.</returns>
    private static async Task<string?> CodeAsync(TestHub hub, byte[] message, CancellationToken dead)
    {
        try
        {
            var answer = await hub.SendAsync(message).AsTask().WaitAsync(dead);
            return TestHub.Code(answer.Accept) ?? TestHub.Code(await answer.Application.WaitAsync(dead));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Random numbers that threads can share.</summary>
    private sealed class Chance(int seed)
    {
        private readonly Random random = new(seed);

        public bool OneIn(int count) => Below(count) == 0;

        public int Below(int limit)
        {
            lock (random) return random.Next(limit);
        }
    }
}
