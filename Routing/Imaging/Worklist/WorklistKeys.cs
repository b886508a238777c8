using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;

namespace EHealthPlus.Routing.Imaging.Worklist;

/// <summary>What a query asks, by the keys it came with (PS3.4-2024 table K.6-1).</summary>
internal static class WorklistKeys
{
    public const string Step = "00400100";
    public const string StationAeTitle = "00400001";
    public const string StartDate = "00400002";
    public const string StartTime = "00400003";

    private const string CharacterSet = "00080005";
    private const string TimezoneOffset = "00080201";

    /// <summary>Attributes that are matched on: those of the table, and a few more that orders have.</summary>
    private static readonly HashSet<string> Matched = new(StringComparer.Ordinal)
    {
        Step, StationAeTitle, StartDate, StartTime, "00080060", "00400006", "00400007", "00400009", "00400010", "00400011", "00400020",
        "00100010", "00100020", "00100030", "00100040", "00080050", "00401001", "00401003", "00321060", "0020000D", "00402016", "00402017",
    };

    public static bool IsMatched(string tag) => Matched.Contains(tag);

    /// <summary>Says something of the query itself, and is no attribute of an item.</summary>
    public static bool IsOfQuery(string tag) => tag is CharacterSet or TimezoneOffset;

    /// <summary>Keys of a data set that have a value, and what it is: values parted by backslashes, names by their groups.</summary>
    public static IEnumerable<(string Tag, string Vr, string Value)> WithValue(JsonElement dataSet)
    {
        foreach (var key in dataSet.EnumerateObject())
        {
            var vr = JsonDataSet.VrOf(key.Value);
            if (vr != "SQ" && !IsOfQuery(key.Name) && JsonDataSet.ValueOf(key.Value) is { Length: > 0 } value && value.Any(c => c != '*')) yield return (key.Name, vr, value);
        }
    }

    /// <summary>The value of one attribute; null where it has none.</summary>
    public static string? Value(JsonElement dataSet, string tag) =>
        dataSet.TryGetProperty(tag, out var attribute) && JsonDataSet.ValueOf(attribute) is { Length: > 0 } value ? value : null;

    /// <summary>The local days in which an examination may start: for the store, which holds times. Null without end.</summary>
    public static (DateOnly? From, DateOnly? Until) Days(JsonElement query)
    {
        foreach (var step in JsonDataSet.Items(query, Step))
        {
            if (Value(step, StartDate) is not { } value || MatchingDate.Range(value) is not { } range) continue;
            return (DayOf(range.From), DayOf(range.To));
        }

        return (null, null);
    }

    private static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
}
