using System.Text;
using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>HumanName as XPN (HL7 v2.8.2 2A.89), and as the name parts of an XCN.</summary>
internal static class Xpn
{
    /// <summary>Each name as a repetition. A nickname alone is what the person of the name before is called by.</summary>
    public static SegmentDraft SetNames(this SegmentDraft segment, int field, IEnumerable<JsonElement> names)
    {
        foreach (var name in names)
        {
            var repetition = segment.Repetitions(field);
            if (repetition > 0 && name.Text("use") == "nickname" && !name.Has("family")) segment.Set(field, name.First("given").AsText(), 15, repetition: repetition - 1);
            else segment.SetName(field, name, repetition);
        }

        return segment;
    }

    public static SegmentDraft SetName(this SegmentDraft segment, int field, JsonElement name, int repetition = 0)
    {
        SetParts(segment, field, name, family: 1, repetition);
        foreach (var suffix in name.Items("suffix").Select(item => item.AsText())) SetSuffix(segment, field, suffix, repetition);
        segment.SetMapped(field, name.Text("use"), TableMaps.NameType, 7, repetition);
        segment.Set(field, Representation(name), 8, repetition: repetition);
        segment.SetMapped(field, AssemblyOrder(name), TableMaps.NameAssemblyOrder, 11, repetition);
        return segment.SetPeriod(field, name.Get("period"), 12, 13, repetition);
    }

    /// <summary>Family, given, second, prefix, from a component on. What is behind a name is another component in XPN and in XCN.</summary>
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
        segment.Set(field, name.First("prefix").AsText(), family + 4, repetition: repetition);
        // A name that is known as one text only, such as a Chinese name that was not parted.
        if (!name.Has("family") && given.Count == 0) segment.Set(field, name.Text("text"), family, repetition: repetition);
    }

    internal static string? AssemblyOrder(JsonElement name) => name.Extension("humanname-assembly-order").Text("valueCode");

    internal static string? Representation(JsonElement name) => name.Extension("iso21090-EN-representation").Text("valueCode") switch
    {
        "IDE" => "I",
        "ABC" => "A",
        "SYL" => "P",
        _ => null,
    };

    // XPN.4 suffix, XPN.6 degree and XPN.14 professional suffix are one list in FHIR, in this order. A degree is known by HL7 table 0360.
    private static void SetSuffix(SegmentDraft segment, int field, string? suffix, int repetition)
    {
        if (suffix is null) return;
        bool suffixed = segment.Has(field, 4, repetition), graduated = segment.Has(field, 6, repetition);
        var degree = TableMaps.DegreeLicenseCertificate.TryGet(Encoding.UTF8.GetBytes(suffix), out _);
        segment.Set(field, suffix, graduated ? 14 : degree || suffixed ? 6 : 4, repetition: repetition);
    }
}
