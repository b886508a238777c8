using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>dicomweb-client, a client that this project did not write, stores a series, finds it and takes it back.</summary>
public sealed class DicomWebClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_the_client_stores_it_finds_and_gets_back_byte_for_byte()
    {
        await using var web = await DicomWebUnderTest.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ehealthplus-dicomweb-");
        var files = new List<string>();
        for (var slice = 1; slice <= 3; slice++)
        {
            var key = SyntheticCt.Key(1, 2, slice);
            files.Add(Path.Combine(folder.FullName, $"{slice}.dcm"));
            await File.WriteAllBytesAsync(files[^1], [.. SyntheticCt.FileMeta(SyntheticCt.SopClass, key.SopInstanceUid, KeptInMemory.Explicit), .. SyntheticCt.DataSet(key, slice, 3)]);
        }

        JsonNode told;
        try
        {
            told = await RunAsync([web.Address.ToString().TrimEnd('/'), "Source:ct", "Clinician", .. files]);
        }
        finally
        {
            Directory.Delete(folder.FullName, recursive: true);
        }

        Assert.Equal((3, 1, 1, 3), (Number(told, "stored"), Number(told, "studies"), Number(told, "series"), Number(told, "instances")));
        Assert.Equal("測試^病人", told["name"]!["Ideographic"]!.GetValue<string>());
        Assert.Equal("胸部 AXIAL", told["description"]!.GetValue<string>());
        var kept = Enumerable.Range(1, 3).Select(slice => SyntheticCt.Key(1, 2, slice)).ToList();
        var whole = kept.Select(key => Hash([.. SyntheticCt.FileMeta(SyntheticCt.SopClass, key.SopInstanceUid, KeptInMemory.Explicit), .. web.Kept.BytesOf(key)])).ToList();
        Assert.Equal(whole.Order(StringComparer.Ordinal), told["series_hashes"]!.AsArray().Select(hash => hash!.GetValue<string>()));
        Assert.Equal(whole[0], told["instance"]!.GetValue<string>());
        var pixels = Hash(web.Kept.BytesOf(kept[0])[^(SyntheticCt.Rows * SyntheticCt.Rows * 2)..]);
        Assert.Equal((pixels, pixels), (told["frame"]!.GetValue<string>(), told["bulk"]!.GetValue<string>()));
    }

    private static int Number(JsonNode told, string name) => told[name]!.GetValue<int>();

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task<JsonNode> RunAsync(IEnumerable<string> arguments, [CallerFilePath] string here = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(here)!, "Peers");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), $"Run `npm ci` in {folder}: ./test does");
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("dicomweb-client.mjs");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, complaint) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, await complaint);
        return JsonNode.Parse((await output).Trim().Split('\n')[^1])!;
    }
}
