namespace EHealthPlus.Adapters.Storage.Sqlite.Engine;

/// <summary>
/// Keeps a second hub off the same data: a lock on hub.lock (flock(2)), which the system takes back when the process ends, however it ends. SQLite
/// alone would let both write in turn, each with its own picture of what the other has changed.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    // EWOULDBLOCK of Linux, ERROR_SHARING_VIOLATION of Windows.
    private const int WouldBlock = 11, SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream file;

    private StoreLock(FileStream file) => this.file = file;

    /// <param name="directory">Made where it does not exist.</param>
    /// <exception cref="IOException">Another process has it, or the file cannot be made.</exception>
    public static StoreLock Take(string directory)
    {
        var path = Path.Combine(Directory.CreateDirectory(directory).FullName, "hub.lock");
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault) when (fault.HResult is WouldBlock or SharingViolation)
        {
            throw new IOException($"another hub works in {directory} (it holds {path}; fuser names it). Stop it first, or give this one a data directory of its own", fault);
        }
    }

    public void Dispose() => file.Dispose();
}
