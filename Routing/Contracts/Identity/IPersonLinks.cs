using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;

namespace EHealthPlus.Routing.Contracts.Identity;

/// <summary>Takes apart and brings together what the index holds of persons, and keeps the history of it.</summary>
public interface IPersonLinks
{
    /// <summary>
    /// Takes local numbers from a person, for good: <see cref="IPersonStore.LinkAsync"/> will not bring them back. What their source sent about
    /// the person leaves the record in the same commit, and its deposits are unfinished again. So are decisions of reviews that linked them.
    /// </summary>
    /// <returns>The deposits that wrote it, oldest first: each must be identified again.</returns>
    Task<IReadOnlyList<UnfinishedDeposit>> UnlinkAsync(string personId, IReadOnlyList<PatientAlias> aliases, IndexAct act, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Brings the numbers and the record of a person to the one who survives.</summary>
    /// <returns>False where either is merged already, or others were merged into the one that goes.</returns>
    Task<bool> MergeAsync(string survivorId, string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Undoes a merge: numbers and record go back as they were; what the sources of these numbers sent since leaves the survivor's record.</summary>
    /// <returns>The deposits to identify again, oldest first; null where the person was not merged.</returns>
    Task<IReadOnlyList<UnfinishedDeposit>?> SplitAsync(string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>The local numbers linked to the person.</summary>
    Task<IReadOnlyList<PatientAlias>> AliasesAsync(string personId, CancellationToken cancellationToken);

    /// <summary>Those who were merged into the person.</summary>
    Task<IReadOnlyList<Person>> MergedAsync(string personId, CancellationToken cancellationToken);

    /// <summary>Newest first. The enrolment itself stands in the person.</summary>
    Task<IReadOnlyList<PersonEvent>> HistoryAsync(string personId, int count, CancellationToken cancellationToken);
}
