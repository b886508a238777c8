using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Watching.Judging;

/// <summary>What an audit entry shows somebody doing. One entry may show several.</summary>
internal enum Conduct
{
    SignIn,
    SignInRefused,

    /// <summary>A citizen's record was shown.</summary>
    Read,
    ReadRefused,
    ReadWithoutCareRelation,

    /// <summary>It was shown who a citizen is.</summary>
    IndexLook,

    /// <summary>Somebody whose affiliation, registration or account has ended tried to sign in, or to go on.</summary>
    Lapsed,
}

/// <summary>Reads conduct out of audit entries.</summary>
internal static class ConductReading
{
    private static readonly string[] LapsedReasons = [.. new[]
    {
        RejectionCode.AffiliationEnded, RejectionCode.ProfessionalNotRegistered, RejectionCode.AccountSuspended, RejectionCode.ClientSuspended,
    }.Select(code => $"{(int)code} {code}")];

    /// <summary>Of no interest to any rule, and by far the most entries: they are not even read.</summary>
    public static readonly IReadOnlyList<string> LeftOut = [AuditAction.Deposit];

    public static bool Shows(AuditEntry entry, Conduct conduct) => conduct switch
    {
        Conduct.SignIn => entry is { Action: AuditAction.SignIn, Permitted: true },
        Conduct.SignInRefused => entry.Action == AuditAction.SignInRefused,
        Conduct.Read => entry is { Permitted: true, PersonId: not null } && AuditAction.Reads.Contains(entry.Action),
        Conduct.ReadRefused => !entry.Permitted && AuditAction.Reads.Contains(entry.Action),
        Conduct.ReadWithoutCareRelation => entry is { Permitted: true, CareRelation: false } && AuditAction.Reads.Contains(entry.Action),
        Conduct.IndexLook => entry is { Permitted: true, PersonId: not null } && AuditAction.IndexLooks.Contains(entry.Action),
        Conduct.Lapsed => !entry.Permitted && entry.Action is AuditAction.LapsedCredential or AuditAction.SignInRefused
            && Array.Exists(LapsedReasons, reason => entry.Reason.StartsWith(reason, StringComparison.Ordinal)),
        _ => throw new ArgumentOutOfRangeException(nameof(conduct)),
    };
}
