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
    private int generation;

    public async ValueTask<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken)
    {
        var stored = store.Generation;
        if (byDocument.TryGetValue(documentNumber, out var known) && known.Generation == stored) return known.Person;
        var asked = Volatile.Read(ref generation);
        var person = await store.FindByDocumentAsync(documentNumber, cancellationToken).ConfigureAwait(false);
        return person is null ? null : Remember(byDocument, documentNumber, new(person, stored), asked);
    }

    public async ValueTask<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken)
    {
        var stored = store.Generation;
        if (byAlias.TryGetValue(alias, out var known) && known.Generation == stored) return known.Person;
        var asked = Volatile.Read(ref generation);
        var person = await store.FindByAliasAsync(alias, cancellationToken).ConfigureAwait(false);
        return person is null ? null : Remember(byAlias, alias, new(person, stored), asked);
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
        // An answer that was asked for before the change must not be remembered after it.
        Interlocked.Increment(ref generation);
        byDocument.Clear();
        byAlias.Clear();
    }

    // They are asked for again at the next message, so that what the store decided is remembered, should two links have raced.
    private NumberLink? LinkOf(Person person, IReadOnlyList<PatientAlias> aliases, IndexAct act)
    {
        var stored = store.Generation;
        var fresh = aliases.Where(alias => !(byAlias.TryGetValue(alias, out var known) && known.Generation == stored)).ToList();
        return fresh.Count == 0 ? null
            : new(person.Id, fresh, new(act.At, act.Actor, "source", AuditAction.Link, person.Id, $"Patient/{person.Id}", true, act.Reason));
    }

    private Person Remember<TKey>(ConcurrentDictionary<TKey, Known> places, TKey key, Known person, int asked)
        where TKey : notnull
    {
        if (places.Count >= Limit) places.Clear();
        places[key] = person;
        if (Volatile.Read(ref generation) != asked) places.TryRemove(key, out _);
        return person.Person;
    }

    /// <param name="Generation">The store's, from before it was asked: once it moves, the answer counts no longer, whether or not it is forgotten yet.</param>
    private readonly record struct Known(Person Person, long Generation);
}
