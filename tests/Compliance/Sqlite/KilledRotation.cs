using EHealthPlus.Routing.Contracts.Keys;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>A program that replaces the keys again and again under load until it is killed, and says on its output what was acknowledged to it.</summary>
internal static class KilledRotation
{
    public const string Argument = "--rotate-until-killed";

    public static async Task<int> RunAsync(string folder)
    {
        using var store = SqliteUnderTest.In(folder);
        await store.OpenAsync(default);
        var run = Guid.NewGuid().ToString("N")[..8];
        var output = Console.Out;
        Say(output, "open");
        var rotating = Task.Run(async () =>
        {
            // Refused while the one before runs: then it is tried again.
            while (true)
            {
                await store.StoreKeys.RotateAsync(RotationScope.Everything, null, Audit("rotate-keys", null), default);
                await Task.Delay(10);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 2).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; ; number++)
            {
                var controlId = $"{run}-{caller}-{number}";
                var receipt = (await store.Journal.AppendAsync(Entry(controlId), default)).Value;
                await store.Deposits.CommitAsync(Commit(receipt.DepositId, resources: [Resource("Observation", Id(controlId))]), default);
                Say(output, controlId);
            }
        })).Append(rotating));
        return 0;
    }

    private static void Say(TextWriter output, string line)
    {
        lock (output)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
