using System.Collections.Frozen;
using System.Globalization;
using EHealthPlus.Routing.Contracts.Imaging;
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

    /// <summary>What the answer says of itself, and what items of sequences are asked for by (PS3.18-2024 tables 10.6.1-5, PS3.3-2024 C.7.3.1, 8.8): these are in no index.</summary>
    private static readonly FrozenDictionary<string, uint> Others = new Dictionary<string, uint>
    {
        ["SpecificCharacterSet"] = 0x00080005, ["InstanceAvailability"] = 0x00080056, ["RetrieveURL"] = 0x00081190,
        ["ScheduledProcedureStepID"] = 0x00400009, ["RequestedProcedureID"] = 0x00401001, ["ScheduledProcedureStepDescription"] = 0x00400007,
        ["CodeValue"] = 0x00080100, ["CodingSchemeDesignator"] = 0x00080102, ["CodeMeaning"] = 0x00080104,
        ["ReferencedSOPClassUID"] = 0x00081150, ["ReferencedSOPInstanceUID"] = 0x00081155,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<uint, ValueKind> Kinds = new Dictionary<uint, ValueKind>
    {
        [StudyInstanceUid] = ValueKind.Uid, [SeriesInstanceUid] = ValueKind.Uid, [SopInstanceUid] = ValueKind.Uid, [0x00080016] = ValueKind.Uid, [0x00200052] = ValueKind.Uid,
        [0x00100030] = ValueKind.Date, [0x00080020] = ValueKind.Date, [0x00080021] = ValueKind.Date, [0x00080023] = ValueKind.Date, [0x00400244] = ValueKind.Date,
        [0x00080030] = ValueKind.Time, [0x00080031] = ValueKind.Time, [0x00080033] = ValueKind.Time, [0x00400245] = ValueKind.Time,
    }.ToFrozenDictionary();

    /// <param name="path">An attribute, or with dots between them the sequences that it stands in (PS3.18-2024 8.3.4.5).</param>
    /// <returns>Each on the way, the outermost first; null where one of them is neither.</returns>
    public static IReadOnlyList<uint>? FindPath(string path)
    {
        var found = path.Split('.').Select(Find).ToList();
        return found.Contains(null) ? null : [.. found.OfType<uint>()];
    }

    /// <returns>Group and element; null for a name that is neither.</returns>
    private static uint? Find(string name)
    {
        if (IndexedAttributes.TagOf(name) is { } indexed) return indexed;
        if (Others.TryGetValue(name, out var tag)) return tag;
        return name.Length == 8 && uint.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out tag) ? tag : null;
    }

    public static string NameOf(AttributeMatch match) => match.Sequence is { } sequence ? $"{NameOf(sequence)}.{NameOf(match.Tag)}" : NameOf(match.Tag);

    public static ValueKind KindOf(uint tag) => Kinds.GetValueOrDefault(tag, ValueKind.Text);

    private static string NameOf(uint tag) => IndexedAttributes.KeywordOf(tag) ?? tag.ToString("X8", CultureInfo.InvariantCulture);
}
