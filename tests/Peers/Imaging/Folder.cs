namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>An empty folder that is gone with the test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ehealthplus-peer-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
