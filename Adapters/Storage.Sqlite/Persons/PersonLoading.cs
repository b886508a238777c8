using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>
/// Fills an index with a population, for measurements: persons and local numbers, then their blocking keys in order, many in a transaction.
/// Nobody joins by it: consents and audit are not written.
/// </summary>
internal static class PersonLoading
{
    private const int Page = 20_000;
    private const int RowBytes = 256;

    /// <returns>The numbers that the store gave the persons, in the same order.</returns>
    public static async Task<long[]> LoadPersonsAsync(this SqliteStore store, IReadOnlyList<(Person Person, PatientAlias Number)> persons, IndexAct act)
    {
        var numbers = new long[persons.Count];
        for (var from = 0; from < persons.Count; from += Page)
        {
            var (first, end) = (from, Math.Min(from + Page, persons.Count));
            var written = await store.Writer.WriteAsync<bool>(
                session =>
                {
                    for (var at = first; at < end; at++)
                    {
                        session.Persons.Add(persons[at].Person, []);
                        session.Persons.Link(persons[at].Person.Id, persons[at].Number, act);
                        numbers[at] = session.Symbols.Of(persons[at].Person.Id);
                    }

                    return true;
                },
                (end - first) * RowBytes);
            written.OrThrow();
        }

        return numbers;
    }

    /// <param name="keys">Ascending.</param>
    /// <param name="numbers">The person of each key.</param>
    public static async Task LoadBlocksAsync(this SqliteStore store, long[] keys, long[] numbers)
    {
        for (var from = 0; from < keys.Length; from += Page * 5)
        {
            var (first, end) = (from, Math.Min(from + (Page * 5), keys.Length));
            var written = await store.Writer.WriteAsync<bool>(
                session =>
                {
                    for (var at = first; at < end; at++) session.Persons.Block(keys[at], numbers[at]);
                    return true;
                },
                (end - first) * RowBytes);
            written.OrThrow();
        }
    }
}
