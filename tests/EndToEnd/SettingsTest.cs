using System.Diagnostics;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>A setting that nobody can have meant: the hub says which in one line, and does not start.</summary>
public sealed class SettingsTest : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ehealthplus-settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Hub__Htpp", "127.0.0.1:8080", "Hub__Htpp is no setting of the hub")]
    [InlineData("Hub__MllpTls__Enable", "true", "Hub__MllpTls__Enable is no setting of the hub")]
    [InlineData("Hub__EmbeddedTokens", "maybe", "'maybe' at 'Hub:EmbeddedTokens'")]
    [InlineData("Hub__StudyQuietSeconds", "-5", "Hub__StudyQuietSeconds is -5: write a number above 0")]
    [InlineData("Hub__DicomAeTitle", "THISISTOOLONGFORIT", "Hub__DicomAeTitle is 'THISISTOOLONGFORIT'")]
    public async Task A_setting_that_cannot_be_meant_stops_the_start_with_one_line(string name, string value, string said)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program("Endpoints/Hub")]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["Hub__DataDirectory"] = folder;
        start.Environment[name] = value;
        using var hub = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        // A hub that starts all the same is no reason to wait for it.
        await using var end = limit.Token.Register(hub.Kill);
        var output = hub.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var fault = await hub.StandardError.ReadToEndAsync(CancellationToken.None);
        await hub.WaitForExitAsync(CancellationToken.None);

        Assert.Equal((1, ""), (hub.ExitCode, await output));
        Assert.StartsWith("The hub cannot start: ", fault, StringComparison.Ordinal);
        Assert.Contains(said, fault, StringComparison.Ordinal);
        Assert.Single(fault.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
