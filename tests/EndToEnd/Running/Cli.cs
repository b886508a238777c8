using System.Diagnostics;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>Runs the command line against a hub, as a shell would.</summary>
internal static class Cli
{
    /// <returns>Exit code, standard output, standard error.</returns>
    public static Task<(int ExitCode, string Output, string Fault)> RunAsync(HubProcess? hub, params string[] arguments) => RunAsync(hub, [], arguments);

    /// <param name="environment">What the shell that runs it has set.</param>
    public static async Task<(int ExitCode, string Output, string Fault)> RunAsync(HubProcess? hub, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Repository.Program("Endpoints/Cli"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("EHP_TOKEN");
        if (hub is not null)
        {
            start.Environment["Hub__DataDirectory"] = hub.DataDirectory;
            start.Environment["Hub__Http"] = hub.Secure ? $"https://127.0.0.1:{hub.HttpPort}" : $"127.0.0.1:{hub.HttpPort}";
            start.Environment["Hub__Mllp"] = $"127.0.0.1:{hub.MllpPort}";
            start.Environment["Hub__Dicom"] = $"127.0.0.1:{hub.DicomPort}";
        }

        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var fault = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await fault);
    }
}
