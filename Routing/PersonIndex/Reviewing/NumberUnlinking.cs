using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.PersonIndex.Documents;

namespace EHealthPlus.Routing.PersonIndex.Reviewing;

/// <summary>Takes local numbers from persons, and has what came with them identified again.</summary>
internal sealed class NumberUnlinking(IPersonLinks links, KnownPersons known, ReviewQueue reviews, IdentifiedAgain again, TimeProvider time)
{
    private const string ByMessage = "ADT^A37: the source says that the numbers are not one patient's";

    public async Task<Rejection?> UnlinkAsync(
        string sourceId, IReadOnlyList<(PatientAsStated Stated, Person Person)> patients, DepositId deposit, CancellationToken cancellationToken)
    {
        foreach (var same in patients.GroupBy(patient => patient.Person.Id).Where(group => group.Count() > 1))
        {
            var numbered = same.ToLookup(patient => StatedDocument.Find(patient.Stated.Identifiers).Value is not null, patient => patient);
            foreach (var (stated, person) in numbered[false].Skip(numbered[true].Any() ? 0 : 1).Concat(numbered[true].Skip(1)))
            {
                if (!numbered[true].Any() || numbered[true].Contains((stated, person)))
                {
                    var (stays, rejection) = await reviews.AskWhetherAsync(sourceId, stated, person, deposit, cancellationToken).ConfigureAwait(false);
                    if (rejection is not null) return rejection;
                    if (stays is true) continue;
                }

                var act = new IndexAct($"source:{sourceId}", time.GetUtcNow(), ByMessage);
                var audit = new AuditEntry(act.At, act.Actor, "source", AuditAction.Unlink, person.Id, $"Patient/{person.Id}", true, act.Reason);
                await UnlinkAsync(person.Id, LocalNumbers.Of(sourceId, stated.Identifiers), act, audit, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <returns>How many deposits are identified again.</returns>
    public async Task<int> UnlinkAsync(string personId, IReadOnlyList<PatientAlias> numbers, IndexAct act, AuditEntry audit, CancellationToken cancellationToken)
    {
        var deposits = await links.UnlinkAsync(personId, numbers, act, audit, cancellationToken).ConfigureAwait(false);
        known.Forget();
        again.Start(deposits);
        return deposits.Count;
    }
}
