using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Watching;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Cases of the watching, and how far the trail is judged.</summary>
public sealed class CaseTests : IAsyncLifetime
{
    private static readonly Suspicion First = new(9, SuspectKind.Account, "doctor.test", "synthetic-clinic", [3, 5], Noon, Noon.AddMinutes(1));

    private readonly SqliteUnderTest store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ICaseStore Cases => store.Store.Cases;

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Position_and_cases_are_kept_together_over_a_restart()
    {
        Assert.Equal(new WatchPosition(0, 1), await Cases.PositionAsync(Cancel));
        await Cases.KeepAsync(new(7, 4), [First, First with { Rule = 3, Kind = SuspectKind.Address, Suspect = "192.0.2.1", ProviderId = null }], Cancel);
        await store.ReopenAsync();
        Assert.Equal(new WatchPosition(7, 4), await Cases.PositionAsync(Cancel));
        var listed = await Cases.ListAsync(null, null, 10, Cancel);
        Assert.Equal([(2L, 3, SuspectKind.Address, "192.0.2.1", null), (1L, 9, SuspectKind.Account, "doctor.test", "synthetic-clinic")], listed.Select(each => (each.Number, each.Rule, each.Kind, each.Suspect, each.ProviderId)));
        var found = (await Cases.GetAsync(1, Cancel))!;
        Assert.Equal((Noon, Noon.AddMinutes(1), 2, CaseState.Open), (found.Case.From, found.Case.Until, found.Case.Entries, found.Case.State));
        Assert.Equal([3L, 5L], found.Evidence);
        Assert.Equal([(AuditAction.CaseOpen, "case/2"), (AuditAction.CaseOpen, "case/1")], (await store.Store.Audit.ListAsync(null, 10, Cancel)).Select(entry => (entry.Action, entry.Target)));
    }

    [Fact]
    public async Task More_of_the_same_extends_the_case_that_is_not_closed()
    {
        await Cases.KeepAsync(new(7, 4), [First], Cancel);
        await Cases.KeepAsync(new(9, 4), [First with { Evidence = [8], From = Noon.AddMinutes(-5), Until = Noon }], Cancel);
        var found = Assert.Single(await Cases.ListAsync(CaseState.Open, null, 10, Cancel));
        Assert.Equal((3, Noon.AddMinutes(-5), Noon.AddMinutes(1)), (found.Entries, found.From, found.Until));
        Assert.Equal([3L, 5L, 8L], (await Cases.GetAsync(1, Cancel))!.Evidence);

        Assert.True((await ActAsync(1, CaseState.Closed)).Accepted);
        await Cases.KeepAsync(new(12, 4), [First with { Evidence = [11] }], Cancel);
        Assert.Equal([2L], (await Cases.ListAsync(null, null, 10, Cancel)).Select(each => each.Number));
        Assert.Equal(1, await Cases.CountAsync(CaseState.Closed, Cancel));
    }

    [Fact]
    public async Task Suspicions_of_one_round_against_the_same_are_one_case()
    {
        await Cases.KeepAsync(
            new(9, 4),
            [First, First with { Suspect = "nurse.test", Evidence = [4] }, First with { Evidence = [9], From = Noon.AddMinutes(-5), Until = Noon }, First with { Rule = 3, Evidence = [8] }, First with { Evidence = [7] }],
            Cancel);
        Assert.Equal(["3 doctor.test 1", "9 doctor.test 4", "9 nurse.test 1"], (await Cases.ListAsync(CaseState.Open, null, 10, Cancel)).Select(each => $"{each.Rule} {each.Suspect} {each.Entries}").Order(StringComparer.Ordinal));
        var found = (await Cases.GetAsync(1, Cancel))!;
        Assert.Equal([3L, 5L, 7L, 9L], found.Evidence);
        Assert.Equal((Noon.AddMinutes(-5), Noon.AddMinutes(1)), (found.Case.From, found.Case.Until));
        Assert.Equal(9, (await Cases.LastEvidenceAsync(1, Cancel))[(9, "doctor.test")]);
    }

    [Fact]
    public async Task Evidence_beyond_the_limit_is_counted_and_remembered_as_spent()
    {
        await Cases.KeepAsync(new(2000, 1), [First with { Evidence = [.. Enumerable.Range(1, 1200).Select(number => (long)number)] }], Cancel);
        await Cases.KeepAsync(new(2000, 1), [First with { Evidence = [1500] }], Cancel);
        var found = (await Cases.GetAsync(1, Cancel))!;
        Assert.Equal((1201, ICaseStore.MostEvidence), (found.Case.Entries, found.Evidence.Count));
        Assert.Equal(1500, (await Cases.LastEvidenceAsync(1201, Cancel))[(9, "doctor.test")]);
        Assert.Empty(await Cases.LastEvidenceAsync(1501, Cancel));
    }

    [Fact]
    public async Task Acts_are_kept_with_their_audit_and_a_closed_case_takes_none()
    {
        await Cases.KeepAsync(new(7, 4), [First], Cancel);
        Assert.True((await ActAsync(1, CaseState.Assigned, "auditor.two")).Accepted);
        Assert.Equal((CaseState.Assigned, "auditor.two"), (await Cases.GetAsync(1, Cancel)) is { Case: { } its } ? (its.State, its.AssignedTo) : default);
        Assert.True((await ActAsync(1, CaseState.Closed)).Accepted);
        Assert.Equal(RejectionCode.CaseClosed, (await ActAsync(1, CaseState.Assigned)).Rejection!.Code);
        Assert.Equal(RejectionCode.ResourceNotFound, (await ActAsync(2, CaseState.Assigned)).Rejection!.Code);
        await store.ReopenAsync();
        Assert.Equal([CaseState.Assigned, CaseState.Closed], (await Cases.GetAsync(1, Cancel))!.Acts.Select(act => act.State));
        Assert.Equal(2, (await store.Store.Audit.ListAsync(null, 10, Cancel)).Count(entry => entry.Action == AuditAction.CaseAssign));
    }

    [Fact]
    public async Task A_position_never_goes_back()
    {
        await Cases.KeepAsync(new(9, 8), [], Cancel);
        await Cases.KeepAsync(new(7, 4), [], Cancel);
        Assert.Equal(new WatchPosition(9, 8), await Cases.PositionAsync(Cancel));
    }

    private Task<Result<bool>> ActAsync(long number, CaseState state, string? to = null) => Cases.ActAsync(
        number, new(Noon, "auditor.one", state, to, "looked"), new(Noon, "auditor.one", "auditor", AuditAction.CaseAssign, null, $"case/{number}", true, "looked"), Cancel);
}
