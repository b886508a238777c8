using System.Text;

namespace EHealthPlus.Transformers.CharacterSets.Big5;

/// <summary>
/// The two-byte codes of Big5 with the Hong Kong Supplementary Character Set: index-big5 of the Encoding Standard (WHATWG), which is
/// Big5 as Windows has it and HKSCS-2008. Made from big5.txt when it is first asked for: about 250 KB in memory.
/// </summary>
internal sealed class Big5Table
{
    private const int FirstLead = 0x81;
    private const int Leads = 0xFE - FirstLead + 1;
    private const int Trails = 157;
    private const int Planes = 3;
    private const int Page = 256;

    private static readonly Lazy<Big5Table> Loaded = new(() => new Big5Table());

    private readonly int[] codePoints = new int[Leads * Trails];
    private readonly ushort[]?[] codes = new ushort[Planes * 0x10000 / Page][];

    private Big5Table()
    {
        using Stream stream = typeof(Big5Table).Assembly.GetManifestResourceStream("big5.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            int at = (Convert.ToInt32(line[..2], 16) - FirstLead) * Trails;
            foreach (Rune character in line.AsSpan(3).EnumerateRunes())
            {
                if (character.Value != '.') codePoints[at] = character.Value;
                at++;
            }
        }
        ChooseCodes();
    }

    public static Big5Table Current => Loaded.Value;

    /// <returns>0 where the code is a gap, or stands for a letter and a mark: see <see cref="Pairs"/>.</returns>
    public int CodePoint(byte first, byte second) => Index(first, second) is >= 0 and var index ? codePoints[index] : 0;

    /// <returns>0 where there is none.</returns>
    public ushort Code(int codePoint) => codePoint < Planes * 0x10000 && codes[codePoint / Page] is { } page ? page[codePoint % Page] : (ushort)0;

    /// <summary>HKSCS has four letters with two marks, for which Unicode has no single character.</summary>
    public static ReadOnlySpan<(ushort Code, char Letter, char Mark)> Pairs => PairList;

    private static readonly (ushort Code, char Letter, char Mark)[] PairList =
        [(0x8862, '\u00CA', '\u0304'), (0x8864, '\u00CA', '\u030C'), (0x88A3, '\u00EA', '\u0304'), (0x88A5, '\u00EA', '\u030C')];

    private static int Index(byte first, byte second)
    {
        if (first is < FirstLead or > 0xFE) return -1;
        int trail = second switch
        {
            >= 0x40 and <= 0x7E => second - 0x40,
            >= 0xA1 and <= 0xFE => second - 0x62,
            _ => -1,
        };
        return trail < 0 ? -1 : ((first - FirstLead) * Trails) + trail;
    }

    // Some characters have two codes. The one written is that of Big5 proper, the lower one, or for six line drawings and numerals the
    // later one (Encoding Standard, index Big5 pointer); HKSCS kept the others for old files.
    private void ChooseCodes()
    {
        const int Proper = (0xA1 - FirstLead) * Trails;
        for (int index = Proper; index < codePoints.Length; index++)
        {
            Choose(index, replace: codePoints[index] is 0x2550 or 0x255E or 0x2561 or 0x256A or 0x5341 or 0x5345);
        }
        for (int index = 0; index < Proper; index++) Choose(index, replace: false);
    }

    // Codes that HKSCS gave up for others (HKSCS-2004, compatibility points), and six of ETEN that it has elsewhere: read, never written.
    private static bool IsGivenUp(int code) => code is 0x8FCC or 0x92C8 or 0x9644 or 0x96ED or 0xC6CF or 0xC6D3 or 0xC6D5 or 0xC6D7 or 0xC6DE or 0xC6DF
        or 0xFB48 or 0xFBF9 or 0xFC6C or 0xFE52;

    private void Choose(int index, bool replace)
    {
        int codePoint = codePoints[index];
        int trail = index % Trails;
        int written = ((FirstLead + (index / Trails)) << 8) | (trail < 0x3F ? trail + 0x40 : trail + 0x62);
        if (codePoint == 0 || IsGivenUp(written)) return;
        ushort[] page = codes[codePoint / Page] ??= new ushort[Page];
        ref ushort code = ref page[codePoint % Page];
        if (code == 0 || replace) code = (ushort)written;
    }
}
