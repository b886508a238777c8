using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Record;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>A program that journals and commits under load until it is killed, and says on its output what was acknowledged to it.</summary>
internal static class KilledWriter
{
    public const string Argument = "--write-until-killed";

    private const int Callers = 24;

    /// <summary>Bytes of a message, told by its control id.</summary>
    public static byte[] Message(string controlId) =>
        Encoding.UTF8.GetBytes($"OBX|1|TX|{controlId}|{new string('x', controlId.Length * 20)}\r");

    public static async Task<int> RunAsync(string folder)
    {
        using var store = SqliteUnderTest.In(folder);
        await store.OpenAsync(default);
        var run = Guid.NewGuid().ToString("N")[..8];
        var output = Console.Out;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; ; number++)
            {
                var controlId = string.Create(CultureInfo.InvariantCulture, $"{run}-{caller}-{number}");
                var receipt = (await store.Journal.AppendAsync(Entry(controlId) with { Bytes = Message(controlId) }, default)).Value;
                Say(output, $"J {controlId} {receipt.DepositId}");
                var resources = new[] { Resource("Observation", Id(controlId), index: ResourceIndex.Empty), Resource("Provenance", Id("p" + controlId)) };
                var committed = await store.Deposits.CommitAsync(Commit(receipt.DepositId, resources: resources, answer: controlId, audit: [Audit()]), default);
                Say(output, $"C {controlId} {committed.Value}");
            }
        })));
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
