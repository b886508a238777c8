using System.Globalization;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Matching;

/// <summary>
/// Whether an attribute has a value that a matching key asks for (PS3.4-2024 C.2.2.2): single value, list of UIDs, wild card, range. An attribute of
/// several values matches by any of them; one that is not there matches nothing.
/// </summary>
internal static class AttributeMatcher
{
    /// <param name="json">Objects of the level and of those above it.</param>
    public static bool Matches(IReadOnlyList<AttributeMatch> all, IReadOnlyList<ReadOnlyMemory<byte>> json) =>
        all.Where(match => match.Sequence is null).All(match => Matches(match, json))
        && all.Where(match => match.Sequence is not null).GroupBy(match => match.Sequence!.Value).All(keys => MatchesItem(keys.Key, [.. keys], json));

    /// <summary>One item has all that is asked of the sequence (PS3.4-2024 C.2.2.2.6).</summary>
    private static bool MatchesItem(uint sequence, List<AttributeMatch> keys, IReadOnlyList<ReadOnlyMemory<byte>> json) =>
        json.SelectMany(level => DicomJson.ReadItems(level, sequence, [.. keys.Select(key => key.Tag)]))
            .Any(item => keys.Zip(item).All(pair => pair.Second is { } attribute && Matches(pair.First.Value, attribute)));

    private static bool Matches(AttributeMatch match, IReadOnlyList<ReadOnlyMemory<byte>> json)
    {
        // From below: where two levels have the attribute, the nearer says what the entity is.
        for (var level = json.Count - 1; level >= 0; level--)
            if (DicomJson.Read(json[level].Span, [match.Tag])[0] is { } attribute) return Matches(match.Value, attribute);
        return false;
    }

    private static bool Matches(string sought, JsonAttribute attribute) => attribute.Vr switch
    {
        "PN" => attribute.Names.Any(name => MatchesName(sought, name)),
        "UI" => sought.Split('\\').Any(uid => attribute.Values.Contains(uid, StringComparer.Ordinal)),
        "DA" or "TM" or "DT" => MatchingDate.Range(sought) is { } range && attribute.Values.Any(value => MatchingDate.Within(range, value)),
        "IS" or "DS" or "US" or "SS" or "UL" or "SL" or "UV" or "SV" or "FL" or "FD" => attribute.Values.Any(value => SameNumber(sought, value)),
        _ => attribute.Values.Any(value => Wildcard.Matches(sought.Trim(' '), value.Trim(' '))),
    };

    /// <summary>In all component groups; where the key names groups itself, each in its own.</summary>
    private static bool MatchesName(string sought, NameGroups name)
    {
        string[] held = [FoldedText.Of(name.Alphabetic), FoldedText.Of(name.Ideographic), FoldedText.Of(name.Phonetic)];
        var groups = sought.Split('=');
        if (groups.Length == 1) return held.Any(group => group.Length > 0 && Wildcard.Matches(FoldedText.Of(sought), group));
        for (var at = 0; at < groups.Length; at++)
            if (groups[at].Length > 0 && (at >= held.Length || !Wildcard.Matches(FoldedText.Of(groups[at]), held[at]))) return false;
        return true;
    }

    private static bool SameNumber(string sought, string held) =>
        decimal.TryParse(sought, NumberStyles.Float, CultureInfo.InvariantCulture, out var one)
        && decimal.TryParse(held, NumberStyles.Float, CultureInfo.InvariantCulture, out var other) && one == other;
}
