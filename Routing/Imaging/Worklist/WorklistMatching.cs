using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;

namespace EHealthPlus.Routing.Imaging.Worklist;

/// <summary>Whether an item has what the keys ask for (PS3.4-2024 C.2.2.2 and K.2.2.2).</summary>
internal static class WorklistMatching
{
    /// <param name="unbound">The item names no station, and may be given to the one that asks: whatever title it asks for.</param>
    public static bool Matches(JsonElement query, JsonElement item, bool unbound)
    {
        foreach (var (tag, vr, value) in WorklistKeys.WithValue(query))
        {
            if (!WorklistKeys.IsMatched(tag) || (tag == WorklistKeys.StationAeTitle && unbound)) continue;
            if (tag is WorklistKeys.StartDate or WorklistKeys.StartTime && AsOneRange(query) is { } whole)
            {
                if (!MatchingDate.Within(whole, StartOf(item))) return false;
                continue;
            }

            if (WorklistKeys.Value(item, tag) is not { } held || !Matches(vr, value, held)) return false;
        }

        foreach (var key in query.EnumerateObject())
        {
            if (JsonDataSet.VrOf(key.Value) != "SQ" || !WorklistKeys.IsMatched(key.Name)) continue;
            // Sequence matching: one item of keys, which one item of the sequence has to have. Without keys it asks for the sequence only.
            foreach (var keys in JsonDataSet.Items(query, key.Name).Take(1))
                if (keys.EnumerateObject().Any() && !JsonDataSet.Items(item, key.Name).Any(held => Matches(keys, held, unbound))) return false;
        }

        return true;
    }

    private static bool Matches(string vr, string sought, string held) => vr switch
    {
        "PN" => MatchesName(sought, held),
        "UI" => sought.Split('\\').Contains(held, StringComparer.Ordinal),
        "DA" or "TM" => MatchingDate.Range(sought) is { } range && MatchingDate.Within(range, held),
        _ => Wildcard.Matches(sought.Trim(' '), held.Trim(' ')),
    };

    /// <summary>In all component groups; where the key names groups itself, each in its own.</summary>
    private static bool MatchesName(string sought, string held)
    {
        var (keys, groups) = (sought.Split('='), held.Split('=').Select(FoldedText.Of).ToArray());
        if (keys.Length == 1) return groups.Any(group => group.Length > 0 && Wildcard.Matches(FoldedText.Of(sought), group));
        for (var at = 0; at < keys.Length; at++)
            if (keys[at].Length > 0 && (at >= groups.Length || !Wildcard.Matches(FoldedText.Of(keys[at]), groups[at]))) return false;
        return true;
    }

    /// <summary>
    /// A range of dates with a range of times is one period: from the first day's first hour to the last day's last hour, not those hours of each day
    /// (PS3.4-2024 table K.6-1). Without a time the day begins at its first moment.
    /// </summary>
    private static (string From, string To)? AsOneRange(JsonElement step)
    {
        if (WorklistKeys.Value(step, WorklistKeys.StartDate) is not { } date || WorklistKeys.Value(step, WorklistKeys.StartTime) is not { } time) return null;
        if (!date.Contains('-', StringComparison.Ordinal) || !time.Contains('-', StringComparison.Ordinal)) return null;
        if (MatchingDate.Range(date) is not { } days || MatchingDate.Range(time) is not { } hours) return null;
        return (days.From.Length == 0 ? "" : days.From + hours.From, days.To.Length == 0 ? "" : days.To + hours.To);
    }

    private static string StartOf(JsonElement step) => WorklistKeys.Value(step, WorklistKeys.StartDate) + (WorklistKeys.Value(step, WorklistKeys.StartTime) ?? "000000");
}
