using System.Diagnostics;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>The tools of DCMTK and dicom3tools, installed by ./test.</summary>
internal static class Dcmtk
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string tool, params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var faults = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromMinutes(1), cancel);
        return (process.ExitCode, await output + await faults);
    }

    /// <summary>A folder of files to the hub, as the demonstration's archive.</summary>
    public static async Task StoreAsync(HubProcess hub, string folder)
    {
        var (exitCode, output) = await RunAsync("storescu", "-v", "-aet", "DEMO-PACS", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}", "+sd", folder);
        Assert.True(exitCode == 0, $"{output}\n{hub.ReadLog()}");
    }
}
