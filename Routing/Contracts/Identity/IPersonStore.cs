using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;

namespace EHealthPlus.Routing.Contracts.Identity;

/// <summary>Where persons, their local numbers and their history are kept. A merged person is found as the one who survived, except by id.</summary>
public interface IPersonStore
{
    /// <summary>
    /// Is another one after each change by which a deposit can turn out to be another person's, or not to be admitted: an unlinking, a merge, a split, the
    /// withdrawal of a joining consent. What was found while it stayed the same still holds.
    /// </summary>
    long Generation { get; }

    /// <summary>By id a merged person is found too: see <see cref="Person.MergedInto"/>.</summary>
    Task<Person?> GetAsync(string id, CancellationToken cancellationToken);

    /// <returns>The person with that normalised document number, or null.</returns>
    Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken);

    Task<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken);

    /// <summary>Persons who share a blocking key.</summary>
    /// <param name="most">Of each key; what lies beyond is not compared.</param>
    Task<IReadOnlyList<Person>> FindByBlocksAsync(IReadOnlyList<long> blocks, int most, CancellationToken cancellationToken);

    /// <param name="blocks">Blocking keys.</param>
    /// <returns>False where the document number is taken already.</returns>
    Task<bool> AddAsync(Person person, IReadOnlyList<long> blocks, Consent joining, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Replaces names, sex, date of birth and assurance of the person with that id, and the blocking keys.</summary>
    /// <param name="before">The blocking keys that the person had.</param>
    Task AmendAsync(Person person, IReadOnlyList<long> before, IReadOnlyList<long> blocks, IndexAct act, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Links all of them in one commit, or none; what is linked to that person already stays, what is another's moves.</summary>
    /// <returns>False, and nothing is linked, where a number was unlinked from its person, or from one merged into that person, by somebody before.</returns>
    Task<bool> LinkAsync(IReadOnlyList<NumberLink> links, IndexAct act, CancellationToken cancellationToken);

    /// <returns>Number of the rule that made the blocking keys; 0 for none.</returns>
    Task<int> BlockSchemeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes the blocking keys of all persons anew, page by page, by the rule of that number; no person is without keys meanwhile. After a fault it may be called again.
    /// </summary>
    /// <exception cref="IOException">The store could not write it.</exception>
    Task BlockAgainAsync(int scheme, Func<Person, IReadOnlyList<long>> blocksOf, CancellationToken cancellationToken);

    Task<long> CountAsync(CancellationToken cancellationToken);
}
