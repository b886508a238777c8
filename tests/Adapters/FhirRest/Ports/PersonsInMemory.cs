using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class PersonsInMemory(ConsentsInMemory consents) : IPersonStore, IPersonLinks
{
    public List<Person> All { get; } = [];

    public long Generation => 0;

    public Task<Person?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(All.Find(person => person.Id == id));

    public Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken) =>
        Task.FromResult(All.Find(person => person.DocumentNumber == documentNumber));

    public Dictionary<PatientAlias, string> Aliases { get; } = [];

    public Task<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken) => Task.FromResult(All.Find(person => person.Id == Aliases.GetValueOrDefault(alias)));

    public Task<IReadOnlyList<PatientAlias>> AliasesAsync(string personId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PatientAlias>>([.. Aliases.Where(alias => alias.Value == personId).Select(alias => alias.Key)]);

    public Task<IReadOnlyList<Person>> MergedAsync(string personId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Person>>([.. All.Where(person => person.MergedInto == personId)]);

    public Task<IReadOnlyList<UnfinishedDeposit>> UnlinkAsync(string personId, IReadOnlyList<PatientAlias> aliases, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> MergeAsync(string survivorId, string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<UnfinishedDeposit>?> SplitAsync(string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PersonEvent>> HistoryAsync(string personId, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<bool> AddAsync(Person person, IReadOnlyList<long> blocks, Consent joining, AuditEntry audit, CancellationToken cancellationToken)
    {
        if (All.Exists(other => other.DocumentNumber == person.DocumentNumber)) return false;
        await consents.AddAsync(joining, audit, cancellationToken);
        All.Add(person);
        return true;
    }

    public Task<IReadOnlyList<Person>> FindByBlocksAsync(IReadOnlyList<long> blocks, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AmendAsync(Person person, IReadOnlyList<long> before, IReadOnlyList<long> blocks, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> LinkAsync(IReadOnlyList<NumberLink> links, IndexAct act, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> BlockSchemeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task BlockAgainAsync(int scheme, Func<Person, IReadOnlyList<long>> blocksOf, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult((long)All.Count);
}
