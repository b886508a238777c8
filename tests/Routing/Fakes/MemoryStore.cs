using System.Runtime.CompilerServices;
using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>The ports of the store in memory: what they promise, without a disk. It outlives the hub of a test, as a disk would.</summary>
internal sealed class MemoryStore : IDepositJournal, IDepositStore, IRecordReader, IPersonStore, IConsentStore, IAuditTrail
{
    private readonly Lock gate = new();
    private readonly List<Row> rows = [];
    private readonly Dictionary<(string Source, string Control), Row> keys = [];
    private readonly Dictionary<ResourceKey, StoredResource> resources = [];
    private readonly Dictionary<string, Person> persons = [];
    private readonly Dictionary<PatientAlias, string> aliases = [];
    private readonly Dictionary<string, IReadOnlyList<long>> blocks = [];
    private readonly List<Consent> consents = [];

    public HashSet<(PatientAlias Alias, string PersonId)> Barred { get; } = [];

    public List<AuditEntry> Audit { get; } = [];

    public long Generation { get; set; }

    /// <summary>Asked before each append: a journal that cannot write.</summary>
    public Func<JournalEntry, Rejection?> JournalRefusal { get; set; } = _ => null;

    /// <summary>Awaited between the append and its answer.</summary>
    public Func<JournalEntry, Task> Flush { get; set; } = async _ => await Task.Yield();

    /// <summary>Called before each commit; what it returns is the answer. It may throw or wait, too.</summary>
    public Func<DepositCommit, Task<Rejection?>> BeforeCommit { get; set; } = _ => Task.FromResult<Rejection?>(null);

    /// <summary>Called when a commit is done and its caller does not know it yet.</summary>
    public Func<DepositCommit, Task> AfterCommit { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<Row> Rows
    {
        get
        {
            lock (gate) return [.. rows];
        }
    }

    public IReadOnlyList<StoredResource> Resources
    {
        get
        {
            lock (gate) return [.. resources.Values];
        }
    }

    public DepositState StateOf(long id)
    {
        lock (gate) return rows[(int)id - 1].Saga.State;
    }

    public async Task<Result<JournalReceipt>> AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        if (JournalRefusal(entry) is { } refused) return refused;
        JournalReceipt receipt;
        lock (gate)
        {
            // The place in the journal is taken in the order of the calls; the flush comes later.
            receipt = entry is { SourceId: { } source, ControlId: { } control } && keys.TryGetValue((source, control), out var first)
                ? ReceiptOf(first, first.Entry.Bytes.Span.SequenceEqual(entry.Bytes.Span) ? JournalVerdict.Repeat : JournalVerdict.KeyReused)
                : ReceiptOf(Insert(entry), JournalVerdict.New);
        }

        await Flush(entry);
        return receipt;
    }

    public Task<JournaledDeposit?> ReadAsync(DepositId id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (id.Value < 1 || id.Value > rows.Count) return Task.FromResult<JournaledDeposit?>(null);
            var row = rows[(int)id.Value - 1];
            return Task.FromResult<JournaledDeposit?>(new(
                id, row.Entry.SourceId ?? "", row.Entry.ControlId ?? "", row.Entry.MessageType, row.Entry.PatientKey, row.Entry.CharacterSet,
                row.Repaired ?? row.Entry.Bytes, row.Entry.ReceivedAt));
        }
    }

    public async IAsyncEnumerable<UnfinishedDeposit> UnfinishedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in Rows)
        {
            if (row.Saga.State is not (DepositState.Received or DepositState.AwaitingRetry)) continue;
            yield return new(row.Saga.DepositId, row.Entry.SourceId!, row.Entry.PatientKey, row.Saga.State, row.Saga.DueAt);
            await Task.Yield();
        }
    }

    public async Task<Result<DepositId>> CommitAsync(DepositCommit commit, CancellationToken cancellationToken)
    {
        if (await BeforeCommit(commit) is { } refused) return refused;
        lock (gate)
        {
            var row = rows[(int)commit.Saga.DepositId.Value - 1];
            if (commit.Generation is { } generation && generation != Generation) return new Rejection(RejectionCode.VersionConflict, "The index changed");
            if (row.Saga.Version != commit.Saga.Version) return new Rejection(RejectionCode.VersionConflict, "Saved by another");
            row.Saga = commit.Saga with { Version = commit.Saga.Version + 1 };
            row.Rejection = commit.Rejection;
            row.PersonId = commit.PersonId;
            if (commit.Acknowledgement is { } answer) row.Acknowledgement = answer.ToArray();
            if (commit.Saga.State == DepositState.Delivered) row.Deliveries++;
            foreach (var resource in commit.Resources) Write(resource, commit);
            Audit.AddRange(commit.Audit);
        }

        await AfterCommit(commit);
        return commit.Saga.DepositId;
    }

    public Task<DepositSagaState?> LoadSagaAsync(DepositId id, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult(id.Value >= 1 && id.Value <= rows.Count ? rows[(int)id.Value - 1].Saga : null);
    }

    public Task RepairAsync(DepositId id, ReadOnlyMemory<byte> bytes, AuditEntry audit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            rows[(int)id.Value - 1].Repaired = bytes.ToArray();
            Audit.Add(audit);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StoredResource>> ReadCurrentAsync(IReadOnlyList<ResourceKey> wanted, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<StoredResource>>([.. wanted.Where(resources.ContainsKey).Select(key => resources[key])]);
    }

    public Task<Person?> GetAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult(persons.Values.FirstOrDefault(person => person.Id == id));
    }

    public Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult(persons.GetValueOrDefault(documentNumber));
    }

    public Task<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult(aliases.TryGetValue(alias, out var id) ? persons.Values.FirstOrDefault(person => person.Id == id) : null);
    }

    public Task<IReadOnlyList<Person>> FindByBlocksAsync(IReadOnlyList<long> wanted, int most, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<Person>>([.. persons.Values.Where(person => blocks[person.Id].Any(wanted.Contains))]);
    }

    public Task<bool> AddAsync(Person person, IReadOnlyList<long> itsBlocks, Consent joining, AuditEntry audit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!persons.TryAdd(person.DocumentNumber, person)) return Task.FromResult(false);
            blocks[person.Id] = itsBlocks;
            consents.Add(joining);
            Audit.Add(audit);
            return Task.FromResult(true);
        }
    }

    public Task AmendAsync(Person person, IReadOnlyList<long> before, IReadOnlyList<long> itsBlocks, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            persons[person.DocumentNumber] = person;
            blocks[person.Id] = itsBlocks;
            Audit.Add(audit);
        }

        return Task.CompletedTask;
    }

    public Task<bool> LinkAsync(IReadOnlyList<NumberLink> links, IndexAct act, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (links.Any(link => link.Numbers.Any(alias => Barred.Contains((alias, link.PersonId))))) return Task.FromResult(false);
            foreach (var link in links)
            {
                var known = aliases.Count;
                foreach (var alias in link.Numbers) aliases.TryAdd(alias, link.PersonId);
                if (aliases.Count > known) Audit.Add(link.Audit);
            }
        }

        return Task.FromResult(true);
    }

    /// <summary>As an unlinking leaves it.</summary>
    public void Bar(PatientAlias alias, string personId)
    {
        lock (gate)
        {
            Barred.Add((alias, personId));
            aliases.Remove(alias);
        }
    }

    /// <summary>The rule that made the blocking keys; 0 for none yet.</summary>
    public int BlockScheme { get; private set; }

    /// <summary>How many times the keys cannot be made.</summary>
    public int BlockFaults { get; set; }

    public Task<int> BlockSchemeAsync(CancellationToken cancellationToken) => Task.FromResult(BlockScheme);

    /// <summary>As an unlinking, or the decision of a review, leaves a deposit that is decided; one that is not here counts as decided.</summary>
    /// <returns>Null where it is in work.</returns>
    public UnfinishedDeposit? Reopen(DepositId id)
    {
        lock (gate)
        {
            if (id.Value > rows.Count) return new(id, "lab", "", DepositState.Received, null);
            var row = rows[(int)id.Value - 1];
            if (row.Saga.State is DepositState.Received or DepositState.AwaitingRetry) return null;
            var saga = row.Saga;
            row.Saga = saga with
            {
                State = DepositState.Received, Version = saga.Version + 1, Attempts = 0, DueAt = null, Timeline = [.. saga.Timeline, new(DepositState.Received, saga.Timeline[^1].At, "Again")],
            };
            return new(id, row.Entry.SourceId ?? "", row.Entry.PatientKey, DepositState.Received, null);
        }
    }

    public Task BlockAgainAsync(int scheme, Func<Person, IReadOnlyList<long>> blocksOf, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (BlockFaults-- > 0) throw new IOException("synthetic: the disk is full");
            foreach (var person in persons.Values) blocks[person.Id] = blocksOf(person);
            BlockScheme = scheme;
        }

        return Task.CompletedTask;
    }

    public Task<long> CountAsync(CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult((long)persons.Count);
    }

    Task IConsentStore.AddAsync(Consent consent, AuditEntry audit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            consents.Add(consent);
            Audit.Add(audit);
        }

        return Task.CompletedTask;
    }

    public Task<Consent?> RevokeAsync(string consentId, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var index = consents.FindIndex(consent => consent.Id == consentId);
            if (index < 0) return Task.FromResult<Consent?>(null);
            if (consents[index].Kind == ConsentKind.Joining) Generation++;
            Audit.Add(audit);
            return Task.FromResult<Consent?>(consents[index] = consents[index] with { RevokedAt = at });
        }
    }

    Task<Consent?> IConsentStore.GetAsync(string consentId, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult(consents.FirstOrDefault(consent => consent.Id == consentId));
    }

    public Task<IReadOnlyList<Consent>> ForPersonAsync(string personId, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<Consent>>([.. consents.Where(consent => consent.PersonId == personId)]);
    }

    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        lock (gate) Audit.Add(entry);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoredResource?> ReadAsync(string type, string id, int? version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<StoredResource>> HistoryAsync(string type, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RecordPage> SearchAsync(RecordQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RecordPage> EverythingAsync(
        string personId, IReadOnlySet<SharingCategory>? permittedCategories, int count, string? after, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static JournalReceipt ReceiptOf(Row row, JournalVerdict verdict) => new(verdict, row.Saga.DepositId, row.Saga.State, row.Acknowledgement);

    private Row Insert(JournalEntry entry)
    {
        var state = entry.Rejection is null ? DepositState.Received : DepositState.Refused;
        var row = new Row(
            entry with { Bytes = entry.Bytes.ToArray() }, new(new(rows.Count + 1), state, 0, 0, null, [new(state, entry.ReceivedAt, null)]), entry.Acknowledgement);
        rows.Add(row);
        if (entry is { SourceId: { } source, ControlId: { } control }) keys.Add((source, control), row);
        return row;
    }

    private void Write(TranslatedResource resource, DepositCommit commit)
    {
        var key = new ResourceKey(resource.Type, resource.Id);
        var version = resources.TryGetValue(key, out var current) ? current.Version + 1 : 1;
        if (current is not null && resource.Mode == WriteMode.CreateIfAbsent) return;
        resources[key] = new(
            resource.Type, resource.Id, version, default, resource.AboutPatient ? resource.SubjectId ?? commit.PersonId : null, resource.Category, "", commit.Saga.DepositId, resource.Json.ToArray());
    }

    /// <summary>One deposit as the disk would hold it.</summary>
    public sealed class Row(JournalEntry entry, DepositSagaState saga, ReadOnlyMemory<byte>? acknowledgement)
    {
        public JournalEntry Entry { get; } = entry;

        public DepositSagaState Saga { get; set; } = saga;

        public ReadOnlyMemory<byte>? Acknowledgement { get; set; } = acknowledgement;

        public Rejection? Rejection { get; set; } = entry.Rejection;

        public string? PersonId { get; set; }

        public ReadOnlyMemory<byte>? Repaired { get; set; }

        /// <summary>How often a commit put it into the record.</summary>
        public int Deliveries { get; set; }

        public string Answer => Acknowledgement is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "";
    }
}
