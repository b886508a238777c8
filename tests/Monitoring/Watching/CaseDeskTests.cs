using EHealthPlus.Monitoring.Watching;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Watching;
using static EHealthPlus.Tests.Monitoring.Watching.WatchBench;

namespace EHealthPlus.Tests.Monitoring.Watching;

/// <summary>Who may do what with a case.</summary>
public sealed class CaseDeskTests : IPersonAccounts
{
    private static readonly AccessPrincipal Auditor = new("auditor.one", Role.Auditor, null, null);

    private readonly CasesInMemory cases = new();
    private readonly CaseDesk desk;

    public CaseDeskTests()
    {
        desk = new(cases, this, TimeProvider.System);
        _ = cases.KeepAsync(new(1, 2), [new(9, SuspectKind.Account, "doctor.test", null, [1], Noon, Noon), new(1, SuspectKind.Account, "auditor.one", null, [1], Noon, Noon)], default);
    }

    public IReadOnlyList<PersonAccount> All => [];

    public PersonAccount? Get(string name) => name switch
    {
        "auditor.two" => new(name, Role.Auditor, null, "s"),
        "auditor.gone" => new(name, Role.Auditor, null, "s", Active: false),
        "doctor.test" => new(name, Role.Clinician, "dr", "s"),
        _ => null,
    };

    public Task<bool> SaveAsync(PersonAccount account, CancellationToken cancellationToken) => throw new NotSupportedException();

    [Fact]
    public async Task A_case_is_assigned_and_closed_with_reasons_that_stay_with_it()
    {
        Assert.True((await desk.AssignAsync(1, "auditor.two", " asked the clinic ", Auditor, default)).Accepted);
        var closed = (await desk.CloseAsync(1, "visit at home, seen in the diary", Auditor, default)).Value!;
        Assert.Equal((CaseState.Closed, "auditor.two"), (closed.Case.State, closed.Case.AssignedTo));
        Assert.Equal([("auditor.one", CaseState.Assigned, "asked the clinic"), ("auditor.one", CaseState.Closed, "visit at home, seen in the diary")], closed.Acts.Select(act => (act.Actor, act.State, act.Reason)));
        Assert.Equal([(AuditAction.CaseAssign, "case/1", "auditor.one", "assigned to auditor.two"), (AuditAction.CaseClose, "case/1", "auditor.one", "closed")], cases.Audit.Select(entry => (entry.Action, entry.Target, entry.Actor, entry.Reason)));
        Assert.Equal(RejectionCode.CaseClosed, (await desk.AssignAsync(1, null, "again", Auditor, default)).Rejection!.Code);
    }

    [Theory]
    [InlineData(1, null, "", "auditor.one", RejectionCode.CaseReasonMissing)]
    [InlineData(2, null, "mine", "auditor.one", RejectionCode.OwnCase)]
    [InlineData(2, "auditor.one", "yours", "auditor.two", RejectionCode.AssigneeUnfit)]
    [InlineData(1, "doctor.test", "x", "auditor.one", RejectionCode.AssigneeUnfit)]
    [InlineData(1, "auditor.gone", "x", "auditor.one", RejectionCode.AssigneeUnfit)]
    [InlineData(7, null, "x", "auditor.one", RejectionCode.ResourceNotFound)]
    public async Task What_may_not_be_is_refused(long number, string? to, string reason, string by, RejectionCode code)
    {
        Assert.Equal(code, (await desk.AssignAsync(number, to, reason, Auditor with { Name = by }, default)).Rejection?.Code);
        Assert.Empty(cases.Audit);
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Clinician)]
    public async Task Only_auditors_act(Role role) =>
        Assert.Equal(RejectionCode.RoleNotPermitted, (await desk.CloseAsync(1, "x", Auditor with { Role = role }, default)).Rejection?.Code);

    [Fact]
    public async Task Nobody_closes_the_case_about_the_own_conduct() =>
        Assert.Equal(RejectionCode.OwnCase, (await desk.CloseAsync(2, "nothing in it", Auditor, default)).Rejection?.Code);
}
