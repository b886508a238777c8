namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>The tools of DCMTK and dicom3tools, installed by ./test.</summary>
internal static class Dcmtk
{
    public static Task<(int ExitCode, string Output)> RunAsync(string tool, params string[] arguments) => PeerProgram.RunAsync(tool, arguments);

    /// <summary>A folder of files to the hub, as the demonstration's archive.</summary>
    public static async Task StoreAsync(HubProcess hub, string folder)
    {
        var (exitCode, output) = await RunAsync("storescu", "-v", "-aet", "DEMO-PACS", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{hub.DicomPort}", "+sd", folder);
        Assert.True(exitCode == 0, $"{output}\n{hub.ReadLog()}");
    }
}
