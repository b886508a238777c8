using System.Text;
using EHealthPlus.Routing.Contracts.Terminology;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;

/// <summary>
/// The codes of the message that no map knew. The same codes come again and again, so each is made once and remembered: to note one
/// costs a comparison and no allocation.
/// </summary>
public sealed class UnmappedCodes(Mapping mapping)
{
    private const int Remembered = 1024;
    private const int MostInAMessage = 1000;

    private readonly (byte[]? Key, UnmappedCode? Code)[] remembered = new (byte[]?, UnmappedCode?)[Remembered];
    private readonly List<UnmappedCode> noted = [];
    private readonly HashSet<int> leaves = [];
    private byte[] key = new byte[256];

    internal int Count => leaves.Count;

    internal void Clear()
    {
        noted.Clear();
        leaves.Clear();
        if (leaves.Capacity > 4 * MostInAMessage) leaves.TrimExcess();
    }

    internal IReadOnlyList<UnmappedCode> ToList() => noted.Count == 0 ? [] : noted.ToArray();

    /// <param name="code">Its leaf is the code.</param>
    /// <param name="system">The coding system as sent, or no value.</param>
    /// <param name="map">The official map of the field's table, or null.</param>
    public void Add(Value code, Value system, TableMap? map)
    {
        var text = code.Utf8;
        // A longer one is no code but text, and may tell of the patient.
        // A code that went to two places is counted once.
        if (text.Length is 0 or > UnmappedCode.LongestCode * 3 || noted.Count >= MostInAMessage || !leaves.Add(code.From)) return;
        ref readonly var leaf = ref mapping.Leaves[code.From];
        var name = mapping.Segments[leaf.Segment].Name;
        var named = system.Leaf >= 0 ? system.Utf8 : default;
        if (named.Length > UnmappedCode.LongestCode * 3) return;
        var length = Key(name, leaf.Field, map is null ? default : map.NumberUtf8, text, named);
        var hash = new HashCode();
        hash.AddBytes(key.AsSpan(0, length));
        ref var slot = ref remembered[hash.ToHashCode() & (Remembered - 1)];
        if (slot.Key is null || !key.AsSpan(0, length).SequenceEqual(slot.Key))
        {
            var (codeText, systemText) = (Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(named));
            slot = (key.AsSpan(0, length).ToArray(), codeText.Length > UnmappedCode.LongestCode || systemText.Length > UnmappedCode.LongestCode
                ? null
                : new UnmappedCode($"{name}-{leaf.Field}", map is null ? "" : Encoding.ASCII.GetString(map.NumberUtf8), codeText, systemText));
        }

        if (slot.Code is { } known) noted.Add(known);
    }

    private int Key(string segment, int field, ReadOnlySpan<byte> table, ReadOnlySpan<byte> code, ReadOnlySpan<byte> system)
    {
        var length = Encoding.UTF8.GetBytes(segment, key);
        key[length++] = (byte)field;
        key[length++] = (byte)(field >> 8);
        table.CopyTo(key.AsSpan(length));
        length += table.Length;
        key[length++] = 0;
        code.CopyTo(key.AsSpan(length));
        length += code.Length;
        key[length++] = 0;
        if (key.Length < length + system.Length) Array.Resize(ref key, 512);
        system.CopyTo(key.AsSpan(length));
        return length + system.Length;
    }
}
