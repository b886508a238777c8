using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Routing.PersonIndex;

/// <summary>
/// Remembers persons found before. What is not found is asked again each time; a change to the index forgets everything, since it is rare.
/// Holds for one process of the hub: a second one would have to be told of changes.
/// </summary>
internal sealed class KnownPersons(IPersonStore store)
{
    /// <summary>About 20 MB at most. Past it, everything is forgotten at once: simpler than ageing, and as good for feeds that speak of all patients.</summary>
    private const int Limit = 50_000;

    private readonly ConcurrentDictionary<string, Known> byDocument = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<PatientAlias, Known> byAlias = new();
    private int changes;

    /// <summary>What was found counts until the store's index moves on, or a person that this process changed.</summary>
    private (long Stored, int Own) Now => (store.Generation, Volatile.Read(ref changes));

    public async ValueTask<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken)
    {
        var asked = Now;
        if (byDocument.TryGetValue(documentNumber, out var known) && known.Asked == asked) return known.Person;
        var person = await store.FindByDocumentAsync(documentNumber, cancellationToken).ConfigureAwait(false);
        return person is null ? null : Remember(byDocument, documentNumber, person, asked);
    }

    public async ValueTask<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken)
    {
        var asked = Now;
        if (byAlias.TryGetValue(alias, out var known) && known.Asked == asked) return known.Person;
        var person = await store.FindByAliasAsync(alias, cancellationToken).ConfigureAwait(false);
        return person is null ? null : Remember(byAlias, alias, person, asked);
    }

    /// <summary>Links the numbers that are not known to be linked. None of them may belong to another person.</summary>
    /// <returns>False where one of them was taken from that person before.</returns>
    public async ValueTask<bool> LinkAsync(Person person, IReadOnlyList<PatientAlias> aliases, IndexAct act, CancellationToken cancellationToken) =>
        LinkOf(person, aliases, act) is not { } link || await store.LinkAsync([link], act, cancellationToken).ConfigureAwait(false);

    /// <summary>The same for several persons: all of the numbers are linked, or none.</summary>
    public async ValueTask<bool> LinkAsync(IEnumerable<(Person Person, IReadOnlyList<PatientAlias> Numbers)> numbers, IndexAct act, CancellationToken cancellationToken)
    {
        var links = numbers.Select(each => LinkOf(each.Person, each.Numbers, act)).OfType<NumberLink>().ToList();
        return links.Count == 0 || await store.LinkAsync(links, act, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After each change of a person or of whom a number belongs to, before its caller goes on.</summary>
    public void Forget()
    {
        // An answer that was asked for before the change counts no longer, also where it is remembered after it.
        Interlocked.Increment(ref changes);
        byDocument.Clear();
        byAlias.Clear();
    }

    // They are asked for again at the next message, so that what the store decided is remembered, should two links have raced.
    private NumberLink? LinkOf(Person person, IReadOnlyList<PatientAlias> aliases, IndexAct act)
    {
        var now = Now;
        var fresh = aliases.Where(alias => !(byAlias.TryGetValue(alias, out var known) && known.Asked == now)).ToList();
        return fresh.Count == 0 ? null
            : new(person.Id, fresh, new(act.At, act.Actor, "source", AuditAction.Link, person.Id, $"Patient/{person.Id}", true, act.Reason));
    }

    private static Person Remember<TKey>(ConcurrentDictionary<TKey, Known> places, TKey key, Person person, (long Stored, int Own) asked)
        where TKey : notnull
    {
        if (places.Count >= Limit) places.Clear();
        places[key] = new(person, asked);
        return person;
    }

    /// <param name="Asked">From before the store was asked: once either moves, the answer counts no longer, whether or not it is forgotten yet.</param>
    private readonly record struct Known(Person Person, (long Stored, int Own) Asked);
}
