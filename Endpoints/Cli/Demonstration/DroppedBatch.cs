using System.Globalization;
using System.Text;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Synthetic;

namespace EHealthPlus.Endpoints.Cli.Demonstration;

/// <summary>The batch file that the demonstration laboratory drops into its folder, as an SFTP client would, and the hub's text about it.</summary>
internal static class DroppedBatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The laboratory's folder below Hub__Uploads; null where this machine has none (the hub runs elsewhere).</summary>
    public static string? FolderOf(HubAddress hub)
    {
        var root = Environment.GetEnvironmentVariable("Hub__Uploads") ?? Path.Combine(hub.DataDirectory, "uploads");
        var folder = Path.Combine(root, "demo-lis");
        return Directory.Exists(Path.Combine(folder, "in")) ? folder : null;
    }

    /// <summary>FHS, BHS, ten results of which one is about a citizen without an account, BTS, FTS.</summary>
    public static byte[] Of(SyntheticLaboratory laboratory)
    {
        using var batch = new MemoryStream();
        batch.Write("FHS|^~\\&|DEMO-LIS|DEMO-LABORATORY|EHEALTHPLUS|HUB\rBHS|^~\\&|DEMO-LIS|DEMO-LABORATORY|EHEALTHPLUS|HUB\r"u8);
        for (var number = 1; number <= 10; number++)
        {
            var citizen = number == 7 ? SyntheticCitizen.Of(998) : SyntheticCitizen.Of(1 + number % 2);
            batch.Write(laboratory.BloodCount(citizen, string.Create(CultureInfo.InvariantCulture, $"{laboratory.Session}B{number}"), 'F', number));
        }

        batch.Write("BTS|10\rFTS|1\r"u8);
        return batch.ToArray();
    }

    /// <returns>The lines of the hub's text about the answers; null where none came in time.</returns>
    public static async Task<IReadOnlyList<string>?> DropAsync(string folder, string name, byte[] batch, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, "in", name);
        await File.WriteAllBytesAsync(target + ".part", batch, cancellation);
        File.Move(target + ".part", target);
        var text = Path.Combine(folder, "answers", name + ".txt");
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!File.Exists(text))
        {
            if (TimeProvider.System.GetUtcNow() > until) return null;
            await Task.Delay(200, cancellation);
        }

        return await File.ReadAllLinesAsync(text, Encoding.UTF8, cancellation);
    }
}
