using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Unlinking, as the index needs it. Merges and splits are tested on the real store.</summary>
internal sealed class MemoryLinks(MemoryStore store) : IPersonLinks
{
    public Task<IReadOnlyList<UnfinishedDeposit>> UnlinkAsync(
        string personId, IReadOnlyList<PatientAlias> aliases, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        foreach (var alias in aliases) store.Bar(alias, personId);
        store.Audit.Add(audit);
        store.Generation++;
        return Task.FromResult<IReadOnlyList<UnfinishedDeposit>>([]);
    }

    public Task<bool> MergeAsync(string survivorId, string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<UnfinishedDeposit>?> SplitAsync(string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PatientAlias>> AliasesAsync(string personId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Person>> MergedAsync(string personId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PersonEvent>> HistoryAsync(string personId, int count, CancellationToken cancellationToken) => throw new NotSupportedException();
}
