using System.Numerics;
using System.Runtime.Intrinsics;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Finds every place of one to four byte values in one vectorised pass.</summary>
internal static class Positions
{
    /// <summary>Appends the places, in order; the array grows when needed.</summary>
    /// <returns>The new count.</returns>
    public static int Find(ReadOnlySpan<byte> text, byte a, byte b, byte c, byte d, ref int[] places)
    {
        int count = 0;
        int at = 0;
        Vector256<byte> first = Vector256.Create(a), second = Vector256.Create(b), third = Vector256.Create(c), fourth = Vector256.Create(d);
        for (; at <= text.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            Vector256<byte> block = Vector256.Create(text.Slice(at, Vector256<byte>.Count));
            uint hits = (Vector256.Equals(block, first) | Vector256.Equals(block, second)
                | Vector256.Equals(block, third) | Vector256.Equals(block, fourth)).ExtractMostSignificantBits();
            if (hits == 0) continue;
            if (places.Length - count < Vector256<byte>.Count) Array.Resize(ref places, Math.Max(places.Length * 2, count + 64));
            while (hits != 0)
            {
                places[count++] = at + BitOperations.TrailingZeroCount(hits);
                hits &= hits - 1;
            }
        }
        for (; at < text.Length; at++)
        {
            byte value = text[at];
            if (value != a && value != b && value != c && value != d) continue;
            if (places.Length == count) Array.Resize(ref places, Math.Max(places.Length * 2, 64));
            places[count++] = at;
        }
        return count;
    }
}
