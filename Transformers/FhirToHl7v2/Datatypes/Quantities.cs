using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Quantity as NM with a unit beside it, and as CQ (HL7 v2.8.2 2A.20). Digits stay as they are.</summary>
internal static class Quantities
{
    /// <summary>The number in one field, its unit in another.</summary>
    public static SegmentDraft SetQuantity(this SegmentDraft segment, int field, JsonElement quantity, int unit) => segment.Set(field, quantity.Text("value")).SetUnit(unit, quantity);

    /// <summary>The unit as CWE.</summary>
    public static SegmentDraft SetUnit(this SegmentDraft segment, int field, JsonElement quantity)
    {
        var parts = UnitOf(quantity);
        for (var part = 1; part <= parts.Length; part++) segment.Set(field, parts[part - 1], part);
        return segment;
    }

    public static SegmentDraft SetCq(this SegmentDraft segment, int field, JsonElement quantity)
    {
        var parts = UnitOf(quantity);
        segment.Set(field, quantity.Text("value"));
        for (var part = 1; part <= parts.Length; part++) segment.Set(field, parts[part - 1], 2, part);
        return segment;
    }

    // A unit of which FHIR knows no code is its text in both places: senders give the one or the other.
    private static string?[] UnitOf(JsonElement quantity)
    {
        var unit = quantity.Text("unit");
        return quantity.Text("code") is { } code ? [code, unit, Cwe.SystemName(quantity.Text("system"))] : [unit, unit];
    }
}
