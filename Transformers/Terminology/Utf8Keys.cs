using System.Diagnostics.CodeAnalysis;

namespace EHealthPlus.Transformers.Terminology;

/// <summary>Values by short UTF-8 keys: open addressing, no allocation when asked. Filled once, then only read.</summary>
internal sealed class Utf8Keys<T>
    where T : class
{
    private readonly List<(byte[] Key, T Value)> rows = [];
    private int[] slots = new int[16];

    public int Count => rows.Count;

    public IEnumerable<(byte[] Key, T Value)> All => rows;

    /// <exception cref="ArgumentException">The key is there already.</exception>
    public void Add(byte[] key, T value)
    {
        if (TryGet(key, out _)) throw new ArgumentException("The key is there already.", nameof(key));
        rows.Add((key, value));
        if (rows.Count * 2 > slots.Length)
        {
            slots = new int[slots.Length * 2];
            for (var row = 0; row < rows.Count; row++) Place(row);
        }
        else
        {
            Place(rows.Count - 1);
        }
    }

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out T? value)
    {
        var mask = slots.Length - 1;
        for (var slot = (int)Hash(key) & mask; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var row = rows[slots[slot] - 1];
            if (!key.SequenceEqual(row.Key)) continue;
            value = row.Value;
            return true;
        }

        value = null;
        return false;
    }

    private void Place(int row)
    {
        var mask = slots.Length - 1;
        var slot = (int)Hash(rows[row].Key) & mask;
        while (slots[slot] != 0) slot = (slot + 1) & mask;
        slots[slot] = row + 1;
    }

    // FNV-1a: the keys are a few bytes long.
    private static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = 2166136261u;
        foreach (var b in key) hash = (hash ^ b) * 16777619u;
        return hash ^ (hash >> 15);
    }
}
