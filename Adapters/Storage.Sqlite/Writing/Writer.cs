using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Registry;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>
/// The one thread that writes. It takes all that waits into one transaction, so that callers share the flush to disk (group commit),
/// and tells each caller after the commit.
/// </summary>
internal sealed class Writer : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);

    private readonly WriteQueue queue = new();
    private readonly SqliteConnection connection;
    private readonly WriteSession session;
    private readonly LogOfWrites log;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Thread thread;
    private readonly Statement begin;
    private readonly Statement commit;
    private long commits;
    private Rejection? trouble;

    public Writer(DatabaseFile file, SqliteConnection connection, RecentKeys recentKeys, KeyRing ring, Func<RegistryEntries> registered, TimeProvider clock, ILogger logger)
    {
        this.connection = connection;
        this.clock = clock;
        this.logger = logger;
        begin = new(connection.Handle!, "BEGIN IMMEDIATE");
        commit = new(connection.Handle!, "COMMIT");
        session = new(connection.Handle!, recentKeys, ring, registered);
        log = new(file, connection, logger);
        thread = new(Run) { Name = "store writer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Transactions flushed so far.</summary>
    public long Commits => Volatile.Read(ref commits);

    /// <summary>See <see cref="Persons.IndexGeneration"/>.</summary>
    public long Generation => session.Generation.Value;

    /// <summary>Why the last transaction could not be written; null where it could.</summary>
    public Rejection? Trouble => Volatile.Read(ref trouble);

    /// <summary>Queues changes, in the order of the calls but for urgent ones, which go first; completes when they are on disk.</summary>
    /// <param name="apply">Runs on the writer's thread, perhaps twice; writes nothing where it answers with a rejection.</param>
    /// <param name="bytes">About how much it writes.</param>
    /// <param name="brief">
    /// What the caller does next takes some microseconds, such as sending an answer, and waits for nothing: where nobody else waits for the writer,
    /// it is done on the writer's own thread, which spares a change of threads.
    /// </param>
    public Task<Result<T>> WriteAsync<T>(Func<WriteSession, Result<T>> apply, int bytes, bool urgent = false, bool brief = false)
    {
        var item = new WriteItem<T>(apply, bytes, urgent, brief);
        return queue.TryAdd(item)
            ? item.Completion
            : Task.FromResult<Result<T>>(new Rejection(RejectionCode.StoreUnavailable, "The store is closing, or too much waits to be written"));
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        queue.Close();
        thread.Join();
        log.Dispose();
        connection.Dispose();
    }

    private void Run()
    {
        var batch = new List<WriteItem>();
        while (queue.Take(batch, Idle))
        {
            if (batch.Count == 0)
            {
                log.Rest();
                continue;
            }

            Write(batch);
            batch.Clear();
            log.Keep();
        }
    }

    private void Write(List<WriteItem> batch)
    {
        try
        {
            begin.Run();
            session.Begin(clock.GetUtcNow());
            foreach (var item in batch) item.Apply(session);
            session.Finish();
            commit.Run();
        }
        catch (SqliteException fault) when (SqliteFault.AsRejection(fault) is { } rejection)
        {
            RollBack();
            Volatile.Write(ref trouble, rejection);
            StoreLog.NotWritten(logger, batch.Count, (int)rejection.Code, fault.SqliteExtendedErrorCode);
            foreach (var item in batch) item.Refuse(rejection);
            return;
        }
        catch (Exception fault)
        {
            RollBack();
            WriteEach(batch, fault);
            return;
        }

        session.Committed();
        Volatile.Write(ref trouble, null);
        Interlocked.Increment(ref commits);
        if (batch is [{ Brief: true } alone] && queue.IsEmpty) alone.Complete();
        else foreach (var item in batch) Tell(item);
    }

    // What a caller goes on with here keeps nobody waiting, or it goes on elsewhere.
    private static void Tell(WriteItem item)
    {
        if (item.Brief) ThreadPool.UnsafeQueueUserWorkItem(static done => done.Complete(), item, preferLocal: false);
        else item.Complete();
    }

    // One item is at fault: the others must not suffer with it.
    private void WriteEach(List<WriteItem> batch, Exception fault)
    {
        if (batch.Count == 1)
        {
            StoreLog.WriteFailed(logger, LoggedFault.Of(fault));
            batch[0].Fail(fault);
            return;
        }

        foreach (var item in batch) Write([item]);
    }

    private void RollBack()
    {
        DatabaseFile.RollBack(connection);
        session.RolledBack();
    }
}
