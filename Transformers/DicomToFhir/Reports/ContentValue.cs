using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.DicomToFhir.Resources;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>A value of a content item as a reader sees it (PS3.3-2024 C.17.3.2).</summary>
/// <param name="Before">A blank or a word between it and what stands before.</param>
internal readonly record struct ContentValue(string Before, AttributeValue Value)
{
    public static IEnumerable<ContentValue> Of(ContentItem item)
    {
        var stated = item.Attributes;
        var found = item.ValueType switch
        {
            "TEXT" => stated.All("0040A160"),
            "CODE" => Meaning(stated.First("0040A168")?.Item),
            "NUM" => Number(stated),
            "DATETIME" => stated.All("0040A120"),
            "DATE" => stated.All("0040A121"),
            "TIME" => stated.All("0040A122"),
            "PNAME" => stated.All("0040A123"),
            "UIDREF" => stated.All("0040A124"),
            "IMAGE" or "COMPOSITE" or "WAVEFORM" => Referenced(stated),
            "SCOORD" or "SCOORD3D" => stated.All("00700023"),
            "TCOORD" => stated.All("0040A130"),
            "" => stated.All("0040DB73"),
            _ => [],
        };
        var first = true;
        foreach (var value in found)
        {
            yield return new(first ? (item.ValueType.Length == 0 ? "→ " : "") : item.ValueType is "" ? "." : " ", value);
            first = false;
        }
    }

    /// <summary>SOP instances that the item refers to, each with its frames.</summary>
    public static IEnumerable<AttributeValue> Referenced(Attributes stated) =>
        stated.All("00081199").Select(value => value.Item).OfType<Attributes>().SelectMany(instance => (AttributeValue[])[.. instance.All("00081155"), .. instance.All("00081160")]);

    private static IEnumerable<AttributeValue> Meaning(Attributes? code) =>
        (code is null ? null : CodedConcept.MeaningOf(code) ?? CodedConcept.CodeOf(code)) is { } said ? [said] : [];

    // Without a value its qualifier says why, such as not a number.
    private static IEnumerable<AttributeValue> Number(Attributes stated)
    {
        foreach (var measured in stated.All("0040A300").Select(value => value.Item).OfType<Attributes>())
        {
            foreach (var number in measured.All("0040A30A")) yield return number;
            if (measured.First("004008EA")?.Item is { } unit && CodedConcept.MeaningOf(unit) is { } name) yield return name;
        }

        foreach (var qualifier in Meaning(stated.First("0040A301")?.Item)) yield return qualifier;
    }
}
