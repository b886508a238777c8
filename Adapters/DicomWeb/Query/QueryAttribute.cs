using System.Collections.Frozen;
using System.Globalization;
using EHealthPlus.Routing.Contracts.Imaging.Matching;

namespace EHealthPlus.Adapters.DicomWeb.Query;

/// <summary>How the value of an attribute is stated in a query.</summary>
internal enum ValueKind
{
    Text = 1,
    Uid = 2,
    Date = 3,
    Time = 4,
}

/// <summary>
/// Attributes by the names that queries call them by: the keyword (PS3.6-2024 table 6-1) or eight hexadecimal digits. Keywords are those of what the hub
/// has in its index and of what its answers say beside; every other attribute can be named by its digits.
/// </summary>
internal static class QueryAttribute
{
    public const uint StudyInstanceUid = 0x0020000D;
    public const uint SeriesInstanceUid = 0x0020000E;
    public const uint SopInstanceUid = 0x00080018;

    /// <summary>What the answer says of itself: these are in no index.</summary>
    private static readonly FrozenDictionary<string, uint> OfTheAnswer = new Dictionary<string, uint>
    {
        ["SpecificCharacterSet"] = 0x00080005, ["InstanceAvailability"] = 0x00080056, ["RetrieveURL"] = 0x00081190,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<uint, ValueKind> Kinds = new Dictionary<uint, ValueKind>
    {
        [StudyInstanceUid] = ValueKind.Uid, [SeriesInstanceUid] = ValueKind.Uid, [SopInstanceUid] = ValueKind.Uid, [0x00080016] = ValueKind.Uid, [0x00200052] = ValueKind.Uid,
        [0x00100030] = ValueKind.Date, [0x00080020] = ValueKind.Date, [0x00080021] = ValueKind.Date, [0x00080023] = ValueKind.Date, [0x00400244] = ValueKind.Date,
        [0x00080030] = ValueKind.Time, [0x00080031] = ValueKind.Time, [0x00080033] = ValueKind.Time, [0x00400245] = ValueKind.Time,
    }.ToFrozenDictionary();

    /// <returns>Group and element; null for a name that is neither.</returns>
    public static uint? Find(string name)
    {
        if (IndexedAttributes.TagOf(name) is { } indexed) return indexed;
        if (OfTheAnswer.TryGetValue(name, out var tag)) return tag;
        return name.Length == 8 && uint.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out tag) ? tag : null;
    }

    public static string NameOf(uint tag) => IndexedAttributes.KeywordOf(tag) ?? tag.ToString("X8", CultureInfo.InvariantCulture);

    public static ValueKind KindOf(uint tag) => Kinds.GetValueOrDefault(tag, ValueKind.Text);
}
