using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Tests.Monitoring.Watching;

/// <summary>Keeps cases as the store does. Can be told to fail.</summary>
internal sealed class CasesInMemory : ICaseStore
{
    public List<CaseDetail> Cases { get; } = [];

    /// <summary>All that was raised, also what went to a case that was there.</summary>
    public List<Suspicion> Raised { get; } = [];

    public List<AuditEntry> Audit { get; } = [];

    public WatchPosition Position { get; private set; } = new(0, 1);

    public bool Full { get; set; }

    public Task<WatchPosition> PositionAsync(CancellationToken cancellationToken) => Task.FromResult(Position);

    public Task<IReadOnlyDictionary<(int Rule, string Suspect), long>> LastEvidenceAsync(long from, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<(int Rule, string Suspect), long>>(Raised.Where(raised => raised.Evidence[^1] >= from)
            .GroupBy(raised => (raised.Rule, raised.Suspect)).ToDictionary(group => group.Key, group => group.Max(raised => raised.Evidence[^1])));

    public Task KeepAsync(WatchPosition position, IReadOnlyList<Suspicion> suspicions, CancellationToken cancellationToken)
    {
        if (Full) throw new IOException("full");
        Position = position;
        foreach (var raised in suspicions)
        {
            Raised.Add(raised);
            var at = Cases.FindIndex(found => found.Case.Rule == raised.Rule && found.Case.Suspect == raised.Suspect && found.Case.State != CaseState.Closed);
            if (at < 0) Cases.Add(new(new(Cases.Count + 1, raised.Rule, raised.Kind, raised.Suspect, raised.ProviderId, raised.From, raised.Until, raised.Evidence.Count, raised.Until, CaseState.Open, null), raised.Evidence, []));
            else Cases[at] = Cases[at] with { Case = Cases[at].Case with { Entries = Cases[at].Case.Entries + raised.Evidence.Count }, Evidence = [.. Cases[at].Evidence, .. raised.Evidence] };
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Case>> ListAsync(CaseState? state, long? before, int count, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Case>>(
        [.. Cases.Select(found => found.Case).Where(each => (state is null ? each.State != CaseState.Closed : each.State == state) && !(each.Number >= before)).OrderByDescending(each => each.Number).Take(count)]);

    public Task<long> CountAsync(CaseState state, CancellationToken cancellationToken) => Task.FromResult((long)Cases.Count(found => found.Case.State == state));

    public Task<CaseDetail?> GetAsync(long number, CancellationToken cancellationToken) => Task.FromResult(Cases.Find(found => found.Case.Number == number));

    public Task<Result<bool>> ActAsync(long number, CaseAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        var at = Cases.FindIndex(found => found.Case.Number == number);
        if (Cases[at].Case.State == CaseState.Closed) return Task.FromResult<Result<bool>>(new Rejection(RejectionCode.CaseClosed, "closed"));
        Cases[at] = Cases[at] with { Case = Cases[at].Case with { State = act.State, AssignedTo = act.AssignedTo }, Acts = [.. Cases[at].Acts, act] };
        Audit.Add(audit);
        return Task.FromResult<Result<bool>>(true);
    }
}
