using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>
/// Keeps the write-ahead log short. A thread of its own copies the log into the file while the writer goes on; the writer then
/// copies only the few pages that came meanwhile, after which the log starts from its beginning again.
/// </summary>
internal sealed class LogOfWrites : IDisposable
{
    // 16 MB of log: long enough that pages written often are copied once, short enough to read through after a crash.
    private const int PagesToCopy = 4096;

    private readonly SqliteConnection writer;
    private readonly SqliteConnection copier;
    private readonly ILogger logger;
    private readonly AutoResetEvent wanted = new(false);
    private readonly Thread thread;
    private long pages;
    private bool resting = true;
    private bool closing;
    private volatile bool copying;
    private volatile bool copied;

    public LogOfWrites(DatabaseFile file, SqliteConnection writer, ILogger logger)
    {
        this.writer = writer;
        this.logger = logger;
        copier = file.OpenCheckpointer();
        thread = new(Run) { Name = "store log", IsBackground = true };
        thread.Start();
    }

    /// <summary>Called by the writer after each commit.</summary>
    public void Keep()
    {
        resting = false;
        raw.sqlite3_db_status(writer.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 1);
        pages += written;
        if (copied)
        {
            copied = false;
            Checkpoint(writer, raw.SQLITE_CHECKPOINT_PASSIVE, out var left);
            pages = left;
        }
        else if (pages >= PagesToCopy && !copying)
        {
            copying = true;
            wanted.Set();
        }
    }

    /// <summary>Called by the writer when nothing came for a while: empties the log.</summary>
    public void Rest()
    {
        if (resting || copying) return;
        copied = false;
        resting = Checkpoint(writer, raw.SQLITE_CHECKPOINT_TRUNCATE, out var left) && left == 0;
        pages = left;
    }

    /// <summary>Empties the log; the writer has ended.</summary>
    public void Dispose()
    {
        Volatile.Write(ref closing, true);
        wanted.Set();
        thread.Join();
        copier.Dispose();
        Checkpoint(writer, raw.SQLITE_CHECKPOINT_TRUNCATE, out _);
    }

    private void Run()
    {
        while (true)
        {
            wanted.WaitOne();
            if (Volatile.Read(ref closing)) return;
            Checkpoint(copier, raw.SQLITE_CHECKPOINT_PASSIVE, out _);
            copied = true;
            copying = false;
        }
    }

    // A checkpoint that fails loses nothing: the pages stay in the log, and the next one takes them.
    private bool Checkpoint(SqliteConnection by, int mode, out int left)
    {
        var result = raw.sqlite3_wal_checkpoint_v2(by.Handle, "main", mode, out var inLog, out var copiedPages);
        left = Math.Max(0, inLog - copiedPages);
        if (result is raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED) return result == raw.SQLITE_OK;
        StoreLog.LogNotCopied(logger, result);
        return false;
    }
}
