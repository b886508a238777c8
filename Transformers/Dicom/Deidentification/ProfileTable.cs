using System.Collections.Frozen;
using System.Globalization;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>What the profile says of one attribute.</summary>
/// <param name="Basic">Such as Z or X/Z/D.</param>
/// <param name="Options">K, C or a dot, at the place of <see cref="ConfidentialityOption"/>.</param>
public sealed record ProfileRow(string Keyword, string Basic, string Options)
{
    /// <returns>K, C or a dot.</returns>
    public char Of(ConfidentialityOption option) => (int)option < Options.Length ? Options[(int)option] : '.';
}

/// <summary>Table E.1-1 of PS3.15-2025a (profile.txt), and what the hub does beyond it (beyond.txt).</summary>
public static class ProfileTable
{
    public const string Edition = "PS3.15-2025a";

    private static readonly FrozenDictionary<uint, ProfileRow> Rows;
    private static readonly (uint Mask, uint Tag, ProfileRow Row)[] Repeating;

    static ProfileTable()
    {
        var rows = new Dictionary<uint, ProfileRow>();
        var repeating = new List<(uint, uint, ProfileRow)>();
        foreach (string line in Registry.Lines("profile.txt").Concat(Registry.Lines("beyond.txt")).Where(line => line is not ['#', ..]))
        {
            string[] parts = line.Split(' ');
            var row = new ProfileRow(parts[1], parts[2], string.Concat(parts.Skip(3)));
            if (parts[0].Contains('x', StringComparison.Ordinal)) repeating.Add((Mask(parts[0]), Hexadecimal(parts[0].Replace('x', '0')), row));
            else rows.Add(Hexadecimal(parts[0]), row);
        }
        Rows = rows.ToFrozenDictionary();
        Repeating = [.. repeating];
    }

    public static int Count => Rows.Count + Repeating.Length;

    /// <returns>Null for an attribute that the table does not name. Private ones it names by a rule.</returns>
    public static ProfileRow? Find(uint tag)
    {
        if (Rows.TryGetValue(tag, out ProfileRow? row)) return row;
        if (ElementDictionary.IsPrivate(tag)) return null;
        foreach (var (mask, pattern, repeated) in Repeating)
        {
            if ((tag & mask) == pattern) return repeated;
        }
        return null;
    }

    internal static uint Mask(string pattern) => Hexadecimal(string.Concat(pattern.Select(digit => digit == 'x' ? '0' : 'F')));

    internal static uint Hexadecimal(string digits) => uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
