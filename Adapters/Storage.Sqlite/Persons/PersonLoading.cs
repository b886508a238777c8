using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>
/// Fills an empty index with a population, for measurements: persons and local numbers in the order of their keys, then the blocking keys
/// in theirs, a page a transaction. Nobody joins by it: consents and audit are not written.
/// </summary>
internal static class PersonLoading
{
    private const int Page = 20_000;
    private const int RowBytes = 256;

    public static async Task LoadPersonsAsync(this SqliteStore store, IReadOnlyList<(Person Person, PatientAlias Number)> persons, IndexAct act)
    {
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                foreach (var (person, number) in persons)
                {
                    session.Persons.Add(person, []);
                    session.Persons.Link(person.Id, number, act);
                }

                return true;
            },
            persons.Count * RowBytes);
        written.OrThrow();
    }

    /// <param name="keys">Ascending.</param>
    /// <param name="owners">Numbers of the persons in the order in which they were loaded, from 0.</param>
    public static async Task LoadBlocksAsync(this SqliteStore store, long[] keys, int[] owners)
    {
        var numbers = await NumbersAsync(store);
        for (var from = 0; from < keys.Length; from += Page)
        {
            var (first, end) = (from, Math.Min(from + Page, keys.Length));
            var written = await store.Writer.WriteAsync<bool>(
                session =>
                {
                    for (var at = first; at < end; at++) session.Persons.Block(keys[at], numbers[owners[at]]);
                    return true;
                },
                (end - first) * RowBytes);
            written.OrThrow();
        }
    }

    private static async Task<List<long>> NumbersAsync(SqliteStore store)
    {
        using var reader = await store.ReadAsync(CancellationToken.None);
        var rows = reader.Prepare("SELECT num FROM person ORDER BY num");
        var numbers = new List<long>();
        while (rows.Step()) numbers.Add(rows.Int64(0));
        return numbers;
    }
}
