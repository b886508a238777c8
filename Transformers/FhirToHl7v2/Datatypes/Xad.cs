using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Address as XAD (HL7 v2.8.2 2A.87).</summary>
internal static class Xad
{
    public static SegmentDraft SetAddresses(this SegmentDraft segment, int field, IEnumerable<JsonElement> addresses)
    {
        foreach (var address in addresses) segment.SetAddress(field, address, segment.Repetitions(field));
        return segment;
    }

    public static SegmentDraft SetAddress(this SegmentDraft segment, int field, JsonElement address, int repetition = 0)
    {
        var lines = address.Items("line").Select(line => line.AsText()).ToList();
        segment.Set(field, lines.FirstOrDefault(), repetition: repetition);
        if (lines.Count > 1) segment.Set(field, string.Join(", ", lines.Skip(1)), 2, repetition: repetition);
        segment.Set(field, address.Text("city"), 3, repetition: repetition);
        segment.Set(field, address.Text("state"), 4, repetition: repetition);
        segment.Set(field, address.Text("postalCode"), 5, repetition: repetition);
        segment.Set(field, address.Text("country"), 6, repetition: repetition);
        segment.Set(field, TypeOf(address), 7, repetition: repetition);
        segment.Set(field, address.Text("district"), 9, repetition: repetition);
        return segment.SetPeriod(field, address.Get("period"), 13, 14, repetition);
    }

    private static string? TypeOf(JsonElement address)
    {
        if (address.Extension("v2-0190").Get("valueCodeableConcept").First("coding").Text("code") is { } sent) return sent;
        if (address.Extension("iso21090-AD-use").Text("valueCode") is { } use) return use;
        return address.Text("use") is { } stated ? TableMaps.AddressTypeUse.CodeFor(stated)
            : address.Text("type") is { } type ? TableMaps.AddressTypeType.CodeFor(type) : null;
    }
}
