using System.Collections.Frozen;

namespace EHealthPlus.Transformers.Dicom.Text;

/// <summary>What an escape sequence of ISO 2022 makes of one half of the code table (PS3.3-2024 tables C.12-3 and C.12-4).</summary>
/// <param name="Registration">ISO registration number: 6, 13, 14, 58, 87, 100, ...</param>
/// <param name="Upper">It is put into bytes A0 to FF; else into 21 to 7E.</param>
internal readonly record struct Designation(int Registration, bool Upper)
{
    private static readonly FrozenDictionary<int, string> Sequences = new Dictionary<int, string>
    {
        [6] = "(B", [14] = "(J", [13] = ")I", [100] = "-A", [101] = "-B", [109] = "-C", [110] = "-D", [126] = "-F", [127] = "-G", [138] = "-H", [144] = "-L",
        [148] = "-M", [166] = "-T", [203] = "-b", [87] = "$B", [159] = "$(D", [149] = "$)C", [58] = "$)A",
    }.ToFrozenDictionary();

    /// <summary>Whether it is put into bytes A0 to FF.</summary>
    public static bool IsUpper(int registration) => registration is not (6 or 14 or 87 or 159);

    /// <summary>The escape sequence that switches to a set, after ESC.</summary>
    public static string SequenceOf(int registration) => Sequences[registration];

    /// <param name="sequence">Begins with ESC.</param>
    /// <param name="length">Of the sequence, ESC included.</param>
    public static bool TryRead(ReadOnlySpan<byte> sequence, out Designation designation, out int length)
    {
        designation = default;
        length = 3;
        if (sequence.Length < 3) return false;
        designation = (sequence[1], sequence[2]) switch
        {
            ((byte)'(', (byte)'B') => new(6, false),
            ((byte)'(', (byte)'J') => new(14, false),
            ((byte)')', (byte)'I') => new(13, true),
            ((byte)'-', (byte)'A') => new(100, true),
            ((byte)'-', (byte)'B') => new(101, true),
            ((byte)'-', (byte)'C') => new(109, true),
            ((byte)'-', (byte)'D') => new(110, true),
            ((byte)'-', (byte)'F') => new(126, true),
            ((byte)'-', (byte)'G') => new(127, true),
            ((byte)'-', (byte)'H') => new(138, true),
            ((byte)'-', (byte)'L') => new(144, true),
            ((byte)'-', (byte)'M') => new(148, true),
            ((byte)'-', (byte)'T') => new(166, true),
            ((byte)'-', (byte)'b') => new(203, true),
            ((byte)'$', (byte)'B') => new(87, false),
            _ => default,
        };
        if (designation.Registration != 0) return true;
        length = 4;
        if (sequence.Length < 4 || sequence[1] != (byte)'$') return false;
        designation = (sequence[2], sequence[3]) switch
        {
            ((byte)'(', (byte)'D') => new(159, false),
            ((byte)')', (byte)'C') => new(149, true),
            ((byte)')', (byte)'A') => new(58, true),
            _ => default,
        };
        return designation.Registration != 0;
    }
}
