using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>HumanName as XPN (HL7 v2.8.2 2A.89), and as the name parts of an XCN.</summary>
internal static class Xpn
{
    public static SegmentDraft SetNames(this SegmentDraft segment, int field, IEnumerable<JsonElement> names)
    {
        foreach (var name in names) segment.SetName(field, name, segment.Repetitions(field));
        return segment;
    }

    public static SegmentDraft SetName(this SegmentDraft segment, int field, JsonElement name, int repetition = 0)
    {
        SetParts(segment, field, name, family: 1, repetition);
        segment.SetMapped(field, name.Text("use"), TableMaps.NameType, 7, repetition);
        segment.Set(field, Representation(name), 8, repetition: repetition);
        segment.SetMapped(field, name.Extension("humanname-assembly-order").Text("valueCode"), TableMaps.NameAssemblyOrder, 11, repetition);
        segment.SetTime(field, name.Get("period").Text("start"), 12, repetition: repetition);
        return segment.SetTime(field, name.Get("period").Text("end"), 13, repetition: repetition);
    }

    /// <summary>Family, given, second, suffix, prefix, from a component on.</summary>
    internal static void SetParts(SegmentDraft segment, int field, JsonElement name, int family, int repetition)
    {
        segment.Set(field, name.Text("family"), family, repetition: repetition);
        var own = name.Get("_family");
        segment.Set(field, own.Extension("humanname-own-prefix").Text("valueString"), family, 2, repetition);
        segment.Set(field, own.Extension("humanname-own-name").Text("valueString"), family, 3, repetition);
        segment.Set(field, own.Extension("humanname-partner-prefix").Text("valueString"), family, 4, repetition);
        segment.Set(field, own.Extension("humanname-partner-name").Text("valueString"), family, 5, repetition);
        var given = name.Items("given").Select(item => item.AsText()).ToList();
        segment.Set(field, given.FirstOrDefault(), family + 1, repetition: repetition);
        if (given.Count > 1) segment.Set(field, string.Join(' ', given.Skip(1)), family + 2, repetition: repetition);
        segment.Set(field, name.First("suffix").AsText(), family + 3, repetition: repetition);
        segment.Set(field, name.First("prefix").AsText(), family + 4, repetition: repetition);
        if (name.Items("suffix").Skip(1).FirstOrDefault().AsText() is { } degree) segment.Set(field, degree, family == 1 ? 14 : 21, repetition: repetition);
        // A name that is known as one text only, such as a Chinese name that was not parted.
        if (!name.Has("family") && given.Count == 0) segment.Set(field, name.Text("text"), family, repetition: repetition);
    }

    internal static string? Representation(JsonElement name) => name.Extension("iso21090-EN-representation").Text("valueCode") switch
    {
        "IDE" => "I",
        "ABC" => "A",
        "SYL" => "P",
        _ => null,
    };
}
