using System.Text.RegularExpressions;

namespace EHealthPlus.Tests.Agreement;

/// <summary>One step of a target: into an element, into an extension of one URL, or along a reference.</summary>
/// <param name="Name">The element's name; the resource types, with | between, where it follows a reference.</param>
/// <param name="Follows">True where it goes to the resource that the element before it refers to.</param>
/// <param name="Url">For an extension what its URL ends in, in small letters; null where any will do.</param>
public sealed record TargetStep(string Name, bool Follows, string? Url = null);

/// <summary>
/// A FHIR attribute of the official maps as steps. The maps count list items; where a value stands in its list is not what they are
/// about, so their numbers are left out. Slips of the pen are put right, each by its own line here.
/// </summary>
public static partial class TargetPath
{
    private static readonly (string Written, string Meant)[] Slips =
    [
        ("payer", "payor"), ("([1]Organization", "(Organization"), ("occurneceTiming", "occurrenceTiming"), ("occurrenceTIming", "occurrenceTiming"),
        ("occurenceTiming", "occurrenceTiming"), ("occurrenceTiming.bounds", "occurrenceTiming.repeat.bounds"), ("occurrenceTiming.duration", "occurrenceTiming.repeat.duration"),
        ("sytem", "system"), ("Practioner", "Practitioner"), ("coding.value", "coding.code"), ("coding.uri", "coding.system"), ("[3.version", "[3].version"),
        ("suffix[2}", "suffix[2]"), ("value.CodeableConcept", "valueCodeableConcept"), ("medication(", "medicationReference("), ("Quantity.code", "code"),
        ("Quantity.unit", "unit"), ("Quantity.system", "system"), ("$this", ""), ("$value", ""), ("valuedateTime", "valueDateTime"), ("udiCarrier.deviceIdentifier", "deviceIdentifier"),
        ("PractitionerRole.Practitioner(", "PractitionerRole.practitioner("), ("[each]", ""),
    ];

    /// <param name="sisters">Rows of the same map, which say the URLs of its extensions.</param>
    public static IReadOnlyList<TargetStep> Of(OfficialRow row, IReadOnlyList<OfficialRow> sisters)
    {
        var text = Corrected(row.Target);
        var steps = new List<TargetStep>();
        foreach (Match token in Token().Matches(text))
        {
            var name = token.Groups["name"].Value;
            if (token.Groups["open"].Success) steps.Add(new TargetStep(name, Follows: true));
            else if (name is "extension") steps.Add(new TargetStep(name, Follows: false, UrlOf(row, text[..(token.Index + token.Length)], sisters)));
            else steps.Add(new TargetStep(name, Follows: false));
        }

        // Where an extension has its URL it is there: the URL is no value of its own.
        if (steps.Count > 1 && steps[^1].Name is "url" or "uri" && steps[^2].Name == "extension") steps.RemoveAt(steps.Count - 1);
        return steps;
    }

    /// <summary>The end of a URL, as the maps and the published extensions agree on it.</summary>
    public static string TailOf(string url)
    {
        var tail = url.Trim().TrimEnd('/', '.').Split('/')[^1].Split('|')[0].ToLowerInvariant().Replace(".html", "", StringComparison.Ordinal);
        return tail.StartsWith("extension-", StringComparison.Ordinal) ? tail["extension-".Length..] : tail;
    }

    private static string Corrected(string target)
    {
        if (target.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals) target = target[..equals];
        target = SubIdentifier().Replace(target, match => match.Groups["part"].Value == "url" ? "extension[1].url" : $"extension[1].extension[2].{match.Groups["part"].Value}");
        foreach (var (written, meant) in Slips) target = target.Replace(written, meant, StringComparison.Ordinal);
        return target;
    }

    private static string? UrlOf(OfficialRow row, string upToHere, IReadOnlyList<OfficialRow> sisters)
    {
        bool Says(OfficialRow other) => other.Constant is not null && Corrected(other.Target) is var target
            && (target.Equals(upToHere + ".url", StringComparison.Ordinal) || target.Equals(upToHere + ".uri", StringComparison.Ordinal));
        var said = Says(row) ? row : sisters.FirstOrDefault(other => other.Identifier == row.Identifier && Says(other)) ?? sisters.FirstOrDefault(Says);
        return said?.Constant is { } url ? TailOf(url) : null;
    }

    [GeneratedRegex(@"(?<open>\()?\[?(?:\d+\])?(?<name>[A-Za-z][A-Za-z0-9|-]*)(?:\[[^\]]*\])?|^\[[0-9-]+\]")]
    private static partial Regex Token();

    // OG[Extension-Subidentifier] names the parts of its extension behind a colon.
    [GeneratedRegex(@"extension\[1\]:[\w-]+\.(?<part>\w+)")]
    private static partial Regex SubIdentifier();
}
