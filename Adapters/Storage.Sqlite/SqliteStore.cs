using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Adapters.Storage.Sqlite.Consents;
using EHealthPlus.Adapters.Storage.Sqlite.Credentials;
using EHealthPlus.Adapters.Storage.Sqlite.Deposits;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Journal;
using EHealthPlus.Adapters.Storage.Sqlite.Migrations;
using EHealthPlus.Adapters.Storage.Sqlite.Notices;
using EHealthPlus.Adapters.Storage.Sqlite.Persons;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Registry;
using EHealthPlus.Adapters.Storage.Sqlite.Terminology;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file, hub.db, with one writer and a few readers.</summary>
/// <param name="dataDirectory">Made where it does not exist.</param>
/// <param name="maximumBytes">The file may not grow beyond: then changes are refused as StorageFull, as on a full disk.</param>
public sealed class SqliteStore(string dataDirectory, long? maximumBytes, TimeProvider clock, ILogger<SqliteStore> logger) : IReadinessCheck, IDisposable
{
    private readonly DatabaseFile file = new(dataDirectory);
    private readonly RecentKeys recentKeys = new();
    private readonly SemaphoreSlim registryReading = new(1);
    private Writer? writer;
    private ReaderPool? readers;
    private RegistryEntries registered = new([], [], []);
    private DepositStore? deposits;

    public string Name => "store";

    public IDepositJournal Journal => field ??= new DepositJournal(this);

    public IDepositStore Deposits => OwnDeposits;

    public IDepositQueries DepositQueries => field ??= new DepositQueries(this, OwnDeposits, Numbers);

    public IRecordReader Record => field ??= new RecordReader(this, Numbers);

    public IPersonStore Persons => field ??= new PersonStore(this);

    public IPersonLinks PersonLinks => field ??= new PersonLinks(this);

    public IIdentityReviews IdentityReviews => field ??= new IdentityReviews(this);

    public IConsentStore Consents => field ??= new ConsentStore(this);

    public ISubstituteDecisionMakerStore SubstituteDecisionMakers => field ??= new SubstituteDecisionMakerStore(this);

    public ICareRelations CareRelations => field ??= new CareRelations(this);

    public IAuditTrail Audit => field ??= new AuditTrail(this);

    public INotices Notices => field ??= new NoticeStore(this);

    public IAuditReader AuditReader => field ??= new AuditReader(this, clock);

    public IRegistry Registry => field ??= new ProviderRegistry(this);

    public IProfessionals Professionals => OwnProfessionals;

    public ILocationCertificates LocationCertificates => OwnCertificates;

    public IPersonAccounts PersonAccounts => OwnAccounts;

    public IMachineClients MachineClients => OwnClients;

    public IUnmappedCodes UnmappedCodes => field ??= new UnmappedCodes(this);

    /// <summary>Transactions flushed since the store was opened.</summary>
    public long Commits => Writer.Commits;

    internal Writer Writer => writer ?? throw NotOpen();

    internal RegistryEntries Registered => Volatile.Read(ref registered);

    private ResourceNumbers Numbers => field ??= new(recentKeys);

    private ProfessionalRegistry OwnProfessionals => field ??= new(this);

    private LocationCertificates OwnCertificates => field ??= new(this);

    private PersonAccounts OwnAccounts => field ??= new(this);

    private MachineClients OwnClients => field ??= new(this);

    private DepositStore OwnDeposits => deposits ??= new(this);

    /// <summary>Opens the file and brings it to this program's schema.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer program.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (writer is not null) throw new InvalidOperationException("The store is open");
        var engine = NativeEngine.Use();
        var connection = file.OpenWriter();
        try
        {
            var schema = Migrator.Run(connection, clock.GetUtcNow());
            if (maximumBytes is { } limit) DatabaseFile.LimitSize(connection, limit);
            recentKeys.Load(connection.Handle!);
            writer = new(file, connection, recentKeys, clock, logger);
            readers = new(file);
            StoreLog.Opened(logger, file.Path, schema, engine);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        await ReadRegistryAsync(cancellationToken);
        await ReadCredentialsAsync(cancellationToken);
    }

    /// <summary>Writes what waits, moves the log into the file, and closes it. Calls that come later are refused.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref readers, null) is not { } pool) return;
        Writer.Dispose();
        pool.Dispose();
        StoreLog.Closed(logger, file.Path);
    }

    /// <summary>Asks the writer again where its last transaction failed: so a store that has room again is ready again.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (writer is null || readers is null) return "The store is not open";
        if (Writer.Trouble is null) return null;
        var tried = await Writer.WriteAsync<bool>(session => session.Journal.TryRoom(), 1).WaitAsync(cancellationToken);
        return tried.Rejection?.Detail;
    }

    internal ValueTask<Reader> ReadAsync(CancellationToken cancellationToken) => (readers ?? throw NotOpen()).RentAsync(cancellationToken);

    internal async Task ReadRegistryAsync(CancellationToken cancellationToken)
    {
        // One at a time: of two changes the later reading must not be replaced by the earlier.
        await registryReading.WaitAsync(cancellationToken);
        try
        {
            using var reader = await ReadAsync(cancellationToken);
            Volatile.Write(ref registered, RegistryTable.Load(reader.Connection.Handle!));
        }
        finally
        {
            registryReading.Release();
        }
    }

    private async Task ReadCredentialsAsync(CancellationToken cancellationToken)
    {
        using var reader = await ReadAsync(cancellationToken);
        var connection = reader.Connection.Handle!;
        OwnProfessionals.Load(connection);
        OwnCertificates.Load(connection);
        OwnAccounts.Load(connection);
        OwnClients.Load(connection);
    }

    private static InvalidOperationException NotOpen() => new("The store is not open: it opens before the host's services start, and closes after they stopped");
}
