using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Adapters.Storage.Sqlite.Consents;
using EHealthPlus.Adapters.Storage.Sqlite.Credentials;
using EHealthPlus.Adapters.Storage.Sqlite.Deposits;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Peers;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;
using EHealthPlus.Adapters.Storage.Sqlite.Journal;
using EHealthPlus.Adapters.Storage.Sqlite.Notices;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Persons;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Registry;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Terminology;
using EHealthPlus.Adapters.Storage.Sqlite.Watching;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>The writer's tables, each with its prepared statements, and what it remembers of them. For the writer's thread only.</summary>
internal sealed class WriteSession
{
    private readonly ProviderOfSource providers;

    public WriteSession(sqlite3 connection, RecentKeys recentKeys, KeyRing ring, Func<RegistryEntries> registered)
    {
        Connection = connection;
        Symbols = new(connection);
        Codings = new(connection, Symbols);
        Tallies = new(connection, Symbols);
        Audit = new(connection, Symbols);
        Notices = new(connection, Symbols);
        providers = new(connection, registered);
        Sealer = new(connection, ring, providers);
        Sagas = new(connection, Symbols, Tallies, Sealer, ring);
        Journal = new(connection, Symbols, Sagas, Tallies, Sealer, ring);
        Keys = new(connection, recentKeys);
        Resources = new(connection, Symbols, Codings, Keys, ring, new(connection));
        Consents = new(connection, Symbols);
        SubstituteDecisionMakers = new(connection, Symbols);
        Persons = new(connection, Symbols);
        Links = new(connection, Symbols);
        Reviews = new(connection, Symbols, Sealer);
        Registry = new(connection);
        Professionals = new(connection);
        Credentials = new(connection);
        UnmappedCodes = new(connection, Symbols);
        Rotation = new(connection, Sealer, ring);
        Reencryption = new(connection, Sealer, ring, Symbols, Keys);
        Cases = new(connection);
        Studies = new(connection, Symbols, Sealer, ring);
        Instances = new(connection, Symbols, Studies, Audit, Sealer, ring);
        Gathering = new(connection, Symbols, Keys);
        PerformedSteps = new(connection, Symbols, Sealer);
        Dismissals = new(connection);
        Peers = new(connection);
    }

    public sqlite3 Connection { get; }

    /// <summary>Time of this transaction.</summary>
    public DateTimeOffset Now { get; private set; }

    public Symbols Symbols { get; }

    public Codings Codings { get; }

    public Tallies Tallies { get; }

    public AuditTable Audit { get; }

    public NoticeTable Notices { get; }

    public SagaTable Sagas { get; }

    public JournalTable Journal { get; }

    public ResourceKeyTable Keys { get; }

    public ResourceTable Resources { get; }

    public ConsentTable Consents { get; }

    public SubstituteDecisionMakerTable SubstituteDecisionMakers { get; }

    public PersonTable Persons { get; }

    public LinkTable Links { get; }

    public ReviewTable Reviews { get; }

    public RegistryTable Registry { get; }

    public ProfessionalTable Professionals { get; }

    public CredentialTable Credentials { get; }

    public UnmappedCodeTable UnmappedCodes { get; }

    public CaseTable Cases { get; }

    public StudyTable Studies { get; }

    public InstanceTable Instances { get; }

    public GatheringTable Gathering { get; }

    public PerformedStepTable PerformedSteps { get; }

    public DismissalTable Dismissals { get; }

    public DicomPeerTable Peers { get; }

    public IndexGeneration Generation { get; } = new();

    public Sealer Sealer { get; }

    public KeyRotation Rotation { get; }

    public Reencryption Reencryption { get; }

    public void Begin(DateTimeOffset now)
    {
        Now = now;
        Sealer.Now = Time.Of(now);
    }

    /// <summary>Last step before the commit: writes what was only added up so far.</summary>
    public void Finish()
    {
        Tallies.Write();
        Studies.Write();
        Keys.Fold();
    }

    public void Committed()
    {
        Symbols.Committed();
        Codings.Committed();
        Keys.Committed();
        Audit.Committed();
        Instances.Committed();
        Sealer.Committed();
        Generation.Committed();
    }

    public void RolledBack()
    {
        Symbols.RolledBack();
        Codings.RolledBack();
        Keys.RolledBack();
        Tallies.RolledBack();
        Audit.RolledBack();
        Journal.RolledBack();
        Studies.RolledBack();
        Instances.RolledBack();
        Sealer.RolledBack();
        providers.RolledBack();
    }
}
