using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Adapters.Storage.Sqlite.Consents;
using EHealthPlus.Adapters.Storage.Sqlite.Credentials;
using EHealthPlus.Adapters.Storage.Sqlite.Deposits;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;
using EHealthPlus.Adapters.Storage.Sqlite.Journal;
using EHealthPlus.Adapters.Storage.Sqlite.Migrations;
using EHealthPlus.Adapters.Storage.Sqlite.Notices;
using EHealthPlus.Adapters.Storage.Sqlite.Persons;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Registry;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Terminology;
using EHealthPlus.Adapters.Storage.Sqlite.Watching;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;
using EHealthPlus.Routing.Contracts.Watching;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file, hub.db, with one writer and a few readers, and the folder objects beside it.</summary>
/// <param name="dataDirectory">Made where it does not exist.</param>
/// <param name="maximumBytes">The file may not grow beyond: then changes are refused as StorageFull, as on a full disk.</param>
/// <param name="keyFolder">Folder of the wrapping keys; keys in the data directory where it is not said.</param>
public sealed class SqliteStore(string dataDirectory, long? maximumBytes, TimeProvider clock, ILogger<SqliteStore> logger, string? keyFolder = null)
    : IReadinessCheck, IDisposable
{
    private const int AuditOverhead = 128;

    private readonly DatabaseFile file = new(dataDirectory);
    private readonly KeyFolder keyFolder = new(keyFolder ?? Path.Combine(dataDirectory, "keys"));
    private readonly KeyRing keys = new(new(logger));
    private EncryptingAnew? encryptingAnew;
    private StoreLock? hold;
    private readonly SemaphoreSlim registryReading = new(1);
    private Writer? writer;
    private ReaderPool? readers;
    private RegistryEntries registered = new([], [], []);
    private DepositStore? deposits;
    private ImagingRooms? imaging;

    public string Name => "store";

    public IDepositJournal Journal => field ??= new DepositJournal(this, Texts);

    public IDepositStore Deposits => OwnDeposits;

    public IDepositQueries DepositQueries => field ??= new DepositQueries(this, OwnDeposits, Numbers);

    public IRecordReader Record => field ??= new RecordReader(this, Numbers);

    public IPersonStore Persons => field ??= new PersonStore(this);

    public IPersonLinks PersonLinks => field ??= new PersonLinks(this);

    public IIdentityReviews IdentityReviews => field ??= new IdentityReviews(this);

    public IConsentStore Consents => field ??= new ConsentStore(this, Texts);

    public ISubstituteDecisionMakerStore SubstituteDecisionMakers => field ??= new SubstituteDecisionMakerStore(this);

    public ICareRelations CareRelations => field ??= new CareRelations(this, Texts);

    public IAuditTrail Audit => field ??= new AuditTrail(this);

    public INotices Notices => field ??= new NoticeStore(this);

    public IAuditReader AuditReader => field ??= new AuditReader(this, clock);

    public IRegistry Registry => field ??= new ProviderRegistry(this);

    public IProfessionals Professionals => OwnProfessionals;

    public ILocationCertificates LocationCertificates => OwnCertificates;

    public IPersonAccounts PersonAccounts => OwnAccounts;

    public IMachineClients MachineClients => OwnClients;

    public IUnmappedCodes UnmappedCodes => field ??= new UnmappedCodes(this);

    public IStoreKeys StoreKeys => field ??= new StoreKeys(this, keyFolder, keys);

    /// <summary>Tells of content that could not be opened.</summary>
    public IReadinessCheck StoredContent => keys.Damaged;

    public ICaseStore Cases => field ??= new CaseStore(this);

    public IInstanceStore Instances => OwnImaging.Instances;

    public IStudyStore Studies => field ??= new StudyStore(this);

    public IWorklistStore Worklist => field ??= new WorklistStore(this);

    public IPerformedStepStore PerformedSteps => field ??= new PerformedStepStore(this);

    public IImagingDesk ImagingDesk => field ??= new ImagingDesk(this);

    public IDicomPeers DicomPeers => OwnImaging.Peers;

    /// <summary>Transactions flushed since the store was opened.</summary>
    public long Commits => Writer.Commits;

    internal bool IsOpen => readers is not null;

    internal KeyRing Keys => keys;

    internal Writer Writer => writer ?? throw NotOpen();

    internal RegistryEntries Registered => Volatile.Read(ref registered);

    private RecentKeys RecentKeys => field ??= new(keys);

    private SharedTexts Texts { get; } = new();

    private ResourceNumbers Numbers => field ??= new(RecentKeys);

    private ProfessionalRegistry OwnProfessionals => field ??= new(this);

    private LocationCertificates OwnCertificates => field ??= new(this);

    private PersonAccounts OwnAccounts => field ??= new(this);

    private MachineClients OwnClients => field ??= new(this);

    private DepositStore OwnDeposits => deposits ??= new(this);

    private ImagingRooms OwnImaging => imaging ??= new(this, dataDirectory, logger);

    /// <summary>Opens the file and brings it to this program's schema.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer program.</exception>
    /// <exception cref="IOException">Another hub works in the data directory.</exception>
    /// <exception cref="RejectedException">
    /// The key that the store was encrypted with is not there, or is not the one; or the file is held, damaged or not to be written.
    /// </exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (writer is not null) throw new InvalidOperationException("The store is open");
        hold = StoreLock.Take(dataDirectory);
        try
        {
            Open();
        }
        catch (Exception fault)
        {
            hold.Dispose();
            if (fault is SqliteException engine && SqliteFault.AtOpening(engine, file.Path) is { } rejection) throw new RejectedException(rejection);
            throw;
        }

        await ReadRegistryAsync(cancellationToken);
        await ReadCredentialsAsync(cancellationToken);
        // Where it cannot be written now, it stays noted for the next start.
        await Writer.WriteAsync<bool>(
            session =>
            {
                CopiedContent.Seal(session.Connection, keys, session.Sealer);
                return true;
            },
            1);
        // A full disk is seen before the first sender meets it: reading goes on, and the readiness says what is wrong.
        await TryRoomAsync(cancellationToken);
        encryptingAnew = new(this, keys, clock, logger);
        encryptingAnew.Start();
    }

    private void Open()
    {
        var engine = NativeEngine.Use();
        var connection = file.OpenWriter();
        try
        {
            var schema = Migrator.Run(connection, clock.GetUtcNow());
            if (maximumBytes is { } limit) DatabaseFile.LimitSize(connection, limit);
            KeyOpening.Run(connection, keyFolder, keys, clock.GetUtcNow());
            RecentKeys.Load(connection.Handle!);
            OwnImaging.Open(connection.Handle!);
            var damaged = DamageTable.Load(connection.Handle!, new(dataDirectory));
            writer = new(file, connection, RecentKeys, keys, () => Registered, clock, logger);
            keys.Damaged.TellTo(RecordDamage, ForgetDamage, damaged);
            readers = new(file);
            StoreLog.Opened(logger, file.Path, schema, engine);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes what waits, moves the log into the file, and closes it. Calls that come later are refused.</summary>
    public void Dispose()
    {
        encryptingAnew?.Dispose();
        encryptingAnew = null;
        if (Interlocked.Exchange(ref readers, null) is not { } pool) return;
        imaging?.Dispose();
        Writer.Dispose();
        pool.Dispose();
        hold?.Dispose();
        StoreLog.Closed(logger, file.Path);
    }

    /// <summary>Asks the writer again where its last transaction failed: so a store that has room again is ready again.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (writer is null || readers is null) return "The store is not open";
        if (Writer.Trouble is null) return null;
        return (await TryRoomAsync(cancellationToken)).Rejection?.Detail;
    }

    private Task<Result<bool>> TryRoomAsync(CancellationToken cancellationToken) => Writer.WriteAsync<bool>(session => session.Journal.TryRoom(), 1).WaitAsync(cancellationToken);

    internal ValueTask<Reader> ReadAsync(CancellationToken cancellationToken) => (readers ?? throw NotOpen()).RentAsync(cancellationToken);

    /// <summary>Looks whether content is to be encrypted anew.</summary>
    internal void EncryptAnew() => encryptingAnew?.Begin();

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

    // Not waited for: who met the content is told at once, and the log has it already.
    private void RecordDamage(SealedPlace place, Rejection rejection) => _ = Writer.WriteAsync<bool>(
        session =>
        {
            DamageTable.Add(session.Connection, place, rejection);
            session.Audit.Append(new(session.Now, "hub", "hub", AuditAction.Damage, null, place.Target, false, $"{(int)rejection.Code} {rejection.Code}: {rejection.Detail}"));
            return true;
        },
        AuditOverhead);

    private void ForgetDamage(SealedPlace place) => _ = Writer.WriteAsync<bool>(
        session =>
        {
            DamageTable.Remove(session.Connection, place);
            return true;
        },
        1);

    private static InvalidOperationException NotOpen() => new("The store is not open: it opens before the host's services start, and closes after they stopped");
}
