using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class SubstitutesInMemory(AuditInMemory audit) : ISubstituteDecisionMakerStore
{
    public List<SubstituteDecisionMaker> All { get; } = [];

    public async Task AddAsync(SubstituteDecisionMaker maker, AuditEntry entry, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(entry, cancellationToken);
        All.Add(maker);
    }

    public async Task<SubstituteDecisionMaker?> EndAsync(string id, DateTimeOffset at, AuditEntry entry, CancellationToken cancellationToken)
    {
        var place = All.FindIndex(maker => maker.Id == id);
        if (place < 0) return null;
        await audit.RecordAsync(entry, cancellationToken);
        return All[place] = All[place] with { EndedAt = All[place].EndedAt ?? at };
    }

    public Task<SubstituteDecisionMaker?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(All.Find(maker => maker.Id == id));

    public Task<IReadOnlyList<SubstituteDecisionMaker>> ForPersonAsync(string personId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SubstituteDecisionMaker>>([.. All.Where(maker => maker.PersonId == personId)]);
}
