using System.Diagnostics;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>A hub that cannot start, and what its operator reads.</summary>
internal static class RefusedStart
{
    /// <summary>Starts it, and checks that it ends with 1, one line and no log.</summary>
    /// <returns>The line.</returns>
    public static async Task<string> OfAsync(string folder, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program("Endpoints/Hub")]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        // Ports that are free whatever else runs.
        foreach (var port in (string[])["Http", "Mllp", "Dicom"]) start.Environment[$"Hub__{port}"] = "127.0.0.1:0";
        start.Environment["Hub__DataDirectory"] = folder;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var hub = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        // A hub that starts all the same is no reason to wait for it.
        await using var end = limit.Token.Register(hub.Kill);
        var output = hub.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var fault = await hub.StandardError.ReadToEndAsync(CancellationToken.None);
        await hub.WaitForExitAsync(CancellationToken.None);

        Assert.Equal((1, ""), (hub.ExitCode, await output));
        Assert.StartsWith("The hub cannot start: ", fault, StringComparison.Ordinal);
        return Assert.Single(fault.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
