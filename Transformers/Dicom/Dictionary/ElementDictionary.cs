using System.Collections.Frozen;
using System.Globalization;

namespace EHealthPlus.Transformers.Dicom.Dictionary;

/// <summary>An attribute as PS3.6 registers it.</summary>
/// <param name="Vr">What an implicit data set has; where several are possible, see <see cref="ElementDictionary.VrOf"/>.</param>
/// <param name="Others">The other value representations that it may have.</param>
/// <param name="Multiplicity">Such as 1, 1-n, 2-2n.</param>
/// <param name="Keyword">Such as PatientName; - where there is none.</param>
public sealed record DefinedElement(Vr Vr, IReadOnlyList<Vr> Others, string Multiplicity, string Keyword, bool Retired);

/// <summary>The registry of data elements (PS3.6-2024 sections 6 to 9): elements.txt, which generate.py writes.</summary>
public static class ElementDictionary
{
    private const uint CreatorMask = 0xFFFFFF00;

    private static readonly FrozenDictionary<uint, DefinedElement> Elements;
    private static readonly (uint Mask, uint Tag, DefinedElement Element)[] Repeating;
    private static readonly FrozenDictionary<string, uint> Keywords;

    static ElementDictionary()
    {
        var elements = new Dictionary<uint, DefinedElement>(5000);
        var repeating = new List<(uint, uint, DefinedElement)>();
        foreach (string line in Registry.Lines("elements.txt"))
        {
            string[] parts = line.Split(' ');
            Vr[] representations = [.. parts[1].Split('|').Select(name => name == "-" ? Vr.Other : Enum.Parse<Vr>(name))];
            // OB or OW is OW in implicit data sets (PS3.5-2024 A.1).
            Vr first = representations is [Vr.OB, Vr.OW] ? Vr.OW : representations[0];
            var element = new DefinedElement(first, [.. representations.Where(vr => vr != first)], parts[2], parts[3], parts.Length > 4);
            if (!parts[0].Contains('x', StringComparison.Ordinal))
            {
                elements.Add(Hexadecimal(parts[0]), element);
                continue;
            }
            uint mask = Hexadecimal(string.Concat(parts[0].Select(digit => digit == 'x' ? '0' : 'F')));
            repeating.Add((mask, Hexadecimal(parts[0].Replace('x', '0')), element));
        }
        Elements = elements.ToFrozenDictionary();
        Repeating = [.. repeating];
        Keywords = elements.Where(pair => pair.Value.Keyword != "-").ToFrozenDictionary(pair => pair.Value.Keyword, pair => pair.Key, StringComparer.Ordinal);
    }

    public static int Count => Elements.Count + Repeating.Length;

    /// <returns>Null where the standard does not register it, as for private elements.</returns>
    public static DefinedElement? Find(uint tag)
    {
        if (Elements.TryGetValue(tag, out DefinedElement? element)) return element;
        // Repeating groups are even: 5001 and 6001 are private (PS3.5-2024 section 7.6).
        if (IsPrivate(tag)) return null;
        foreach (var (mask, pattern, repeated) in Repeating)
        {
            if ((tag & mask) == pattern) return repeated;
        }
        return null;
    }

    /// <summary>Tag by keyword, such as PatientName; null where there is none.</summary>
    public static uint? TagOf(string keyword) => Keywords.TryGetValue(keyword, out uint tag) ? tag : null;

    /// <summary>The value representation in an implicit data set (PS3.5-2024 A.1, 7.1.3).</summary>
    /// <param name="signedPixels">(0028,0103) is 1: then what may be US or SS is SS.</param>
    public static Vr VrOf(uint tag, bool signedPixels = false)
    {
        if ((tag & 0xFFFF) == 0) return Vr.UL;
        if (IsCreator(tag)) return Vr.LO;
        if (Find(tag) is not { } element) return Vr.UN;
        if (element.Vr == Vr.US && signedPixels && element.Others.Contains(Vr.SS)) return Vr.SS;
        // Tables that may be words or values stay words: their bytes are the same.
        return element.Vr == Vr.US && element.Others is [.., Vr.OW] ? Vr.OW : element.Vr;
    }

    /// <summary>Odd group (PS3.5-2024 section 7.8).</summary>
    public static bool IsPrivate(uint tag) => (tag & 0x10000) != 0;

    /// <summary>Private Creator, (gggg,0010) to (gggg,00FF) of an odd group.</summary>
    public static bool IsCreator(uint tag) => IsPrivate(tag) && (tag & 0xFF00) == 0 && (tag & ~CreatorMask) >= 0x10;

    private static uint Hexadecimal(string digits) => uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
