namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>Numbers the writer has given or looked up lately; those of a rolled back transaction are forgotten.</summary>
internal sealed class Numbering
{
    // About 5 MB at most. Emptied when full: what is in use comes back at once.
    private const int Capacity = 32_768;

    private readonly Dictionary<string, long> known = new(StringComparer.Ordinal);
    private readonly List<string> uncommitted = [];

    public bool TryGet(string value, out long number) => known.TryGetValue(value, out number);

    public void Found(string value, long number)
    {
        if (known.Count >= Capacity) known.Clear();
        known[value] = number;
    }

    public void Given(string value, long number)
    {
        Found(value, number);
        uncommitted.Add(value);
    }

    public void Committed() => uncommitted.Clear();

    public void RolledBack()
    {
        foreach (var value in uncommitted) known.Remove(value);
        uncommitted.Clear();
    }
}
