using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

/// <summary>The OBX of one sub-id (OBX-4) behind an RXA: together they say one thing, such as a leaflet handed out or a dose due.</summary>
internal sealed class ObxGroup
{
    public List<SegmentValue> Segments { get; } = [];

    /// <summary>The OBX with that LOINC code; absent where there is none.</summary>
    public SegmentValue this[string loinc] => Segments.Find(obx => Loinc(obx) == loinc);

    public bool Has(string loinc) => this[loinc].Exists;

    public bool HasAny(params ReadOnlySpan<string> loincs)
    {
        foreach (var loinc in loincs)
        {
            if (Has(loinc)) return true;
        }

        return false;
    }

    public static List<ObxGroup> Of(IEnumerable<SegmentValue> segments)
    {
        var groups = new Dictionary<string, ObxGroup>(StringComparer.Ordinal);
        foreach (var obx in segments)
        {
            var id = obx[4].First.Text;
            if (!groups.TryGetValue(id, out var group)) groups[id] = group = new();
            group.Segments.Add(obx);
        }

        return [.. groups.Values];
    }

    /// <summary>The LOINC code of an OBX, or empty.</summary>
    public static string Loinc(SegmentValue obx)
    {
        var code = obx[3].First;
        return code[3].Leaf < 0 || code[3].IsOneOf("LN"u8, "LOINC"u8) ? code[1].Text : "";
    }
}
