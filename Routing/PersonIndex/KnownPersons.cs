using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Routing.PersonIndex;

/// <summary>
/// Remembers persons found before. Only what never changes is remembered: the index fields of a person, and to whom a local number is linked.
/// What is not found is asked again each time.
/// </summary>
internal sealed class KnownPersons(IPersonStore store)
{
    /// <summary>About 20 MB at most. Past it, everything is forgotten at once: simpler than ageing, and as good for feeds that speak of all patients.</summary>
    private const int Limit = 50_000;

    private readonly ConcurrentDictionary<string, Person> byDocument = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<PatientAlias, Person> byAlias = new();

    public async ValueTask<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken)
    {
        if (byDocument.TryGetValue(documentNumber, out var person)) return person;
        person = await store.FindByDocumentAsync(documentNumber, cancellationToken).ConfigureAwait(false);
        return person is null ? null : Remember(byDocument, documentNumber, person);
    }

    public async ValueTask<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken)
    {
        if (byAlias.TryGetValue(alias, out var person)) return person;
        person = await store.FindByAliasAsync(alias, cancellationToken).ConfigureAwait(false);
        return person is null ? null : Remember(byAlias, alias, person);
    }

    /// <summary>Links the numbers that are not known to be linked. None of them may belong to another person.</summary>
    public async ValueTask LinkAsync(Person person, IReadOnlyList<PatientAlias> aliases, CancellationToken cancellationToken)
    {
        var fresh = aliases.Where(alias => !byAlias.ContainsKey(alias)).ToList();
        if (fresh.Count == 0) return;
        await store.LinkAsync(person.Id, fresh, cancellationToken).ConfigureAwait(false);

        // Asked again at the next message, so that what the store decided is remembered, should two links have raced.
    }

    private static Person Remember<TKey>(ConcurrentDictionary<TKey, Person> places, TKey key, Person person)
        where TKey : notnull
    {
        if (places.Count >= Limit) places.Clear();
        return places.GetOrAdd(key, person);
    }
}
