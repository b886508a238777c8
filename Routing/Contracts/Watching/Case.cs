namespace EHealthPlus.Routing.Contracts.Watching;

/// <summary>How far along a case is. Stored as numbers: only appended.</summary>
public enum CaseState
{
    Open = 1,
    Assigned = 2,
    Closed = 3,
}

/// <summary>Who is suspected. Stored as numbers: only appended.</summary>
public enum SuspectKind
{
    /// <summary>Name of an account or id of a machine client: the actor of audit entries.</summary>
    Account = 1,

    /// <summary>IP address that requests came from.</summary>
    Address = 2,
}

/// <summary>
/// Conduct that somebody should look at. It points to the audit entries and repeats nothing of them but who acted and when: whose data it was
/// is read in the trail, by those who may.
/// </summary>
/// <param name="Rule">Number of the <see cref="WatchRule"/> that it broke.</param>
/// <param name="ProviderId">For whom the suspect acted, in the first entry; null for nobody.</param>
/// <param name="From">Time of the first entry.</param>
/// <param name="Until">Time of the last entry.</param>
/// <param name="Entries">How many audit entries are its evidence.</param>
/// <param name="AssignedTo">Name of the account that looks into it.</param>
public sealed record Case(
    long Number, int Rule, SuspectKind Kind, string Suspect, string? ProviderId, DateTimeOffset From, DateTimeOffset Until, int Entries,
    DateTimeOffset OpenedAt, CaseState State, string? AssignedTo);

/// <summary>What somebody did with a case, oldest first in a list.</summary>
/// <param name="State">State after it.</param>
/// <param name="Reason">The note: why, and when it was closed, what was found.</param>
public sealed record CaseAct(DateTimeOffset At, string Actor, CaseState State, string? AssignedTo, string Reason);

/// <param name="Evidence">Numbers of audit entries, ascending; the first <see cref="ICaseStore.MostEvidence"/> of them.</param>
public sealed record CaseDetail(Case Case, IReadOnlyList<long> Evidence, IReadOnlyList<CaseAct> Acts);
