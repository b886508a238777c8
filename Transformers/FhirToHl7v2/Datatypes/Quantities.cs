using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Quantity as NM with a unit beside it, and as CQ (HL7 v2.8.2 2A.20). Digits stay as they are.</summary>
internal static class Quantities
{
    /// <summary>The unit as CWE.</summary>
    public static SegmentDraft SetUnit(this SegmentDraft segment, int field, JsonElement quantity)
    {
        var code = quantity.Text("code");
        var unit = quantity.Text("unit");
        segment.Set(field, code ?? unit);
        if (code is null) return segment;
        return segment.Set(field, unit, 2).Set(field, Cwe.SystemName(quantity.Text("system")), 3);
    }

    public static SegmentDraft SetCq(this SegmentDraft segment, int field, JsonElement quantity)
    {
        if (!quantity.Exists()) return segment;
        var code = quantity.Text("code");
        segment.Set(field, quantity.Text("value")).Set(field, code ?? quantity.Text("unit"), 2);
        return code is null ? segment : segment.Set(field, quantity.Text("unit"), 2, 2).Set(field, Cwe.SystemName(quantity.Text("system")), 2, 3);
    }
}
