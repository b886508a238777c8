using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>DCMTK's archive, which knows the hub as EHEALTHPLUS.</summary>
internal sealed class DcmqrscpArchive : IAsyncDisposable
{
    public const string Title = "ARCHIVE";

    private readonly TemporaryFolder folder;
    private readonly PeerProgram program;

    private DcmqrscpArchive(TemporaryFolder folder, PeerProgram program, int port)
    {
        this.folder = folder;
        this.program = program;
        Port = $"{port}";
    }

    public string Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public string Output => program.Output;

    public static async Task<DcmqrscpArchive> StartAsync(int port, int hubPort)
    {
        var folder = new TemporaryFolder();
        var store = Directory.CreateDirectory(Path.Combine(folder.Path, "store")).FullName;
        var settings = Path.Combine(folder.Path, "dcmqrscp.cfg");
        await File.WriteAllTextAsync(
            settings,
            $"""
            NetworkTCPPort = {port}
            MaxPDUSize = 16384
            MaxAssociations = 8
            HostTable BEGIN
            hub = (EHEALTHPLUS, 127.0.0.1, {hubPort})
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            {Title} {store} RW (100, 100mb) ANY
            AETable END

            """);
        return new(folder, await PeerProgram.ServeAsync(port, "dcmqrscp", "-v", "-c", settings), port);
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        folder.Dispose();
    }
}
