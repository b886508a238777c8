using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// What makes a source's Patient the same one again: its local number of PID-3. An identity document is passed over where there is
/// such a number, for a source may send it in one message and not in the next.
/// </summary>
public static class PatientKey
{
    /// <param name="pid">The PID: PID-3, or PID-2 of older versions.</param>
    public static IdKey Of(SegmentValue pid) => Key(pid.Mapping, NumberOf(pid));

    /// <summary>The number that the Patient is known by.</summary>
    internal static Value NumberOf(SegmentValue pid)
    {
        var chosen = Choose(pid[3]);
        return chosen[1].Leaf < 0 ? Choose(pid[2]) : chosen;
    }

    /// <summary>Key of a Patient known by one number, as MRG-1 gives it.</summary>
    public static IdKey Of(Value cx) => Key(cx.Mapping, cx);

    private static IdKey Key(Mapping mapping, Value cx)
    {
        var key = mapping.Resources.Key("Patient");
        // Without any number it is a patient of this message alone.
        if (cx[1].Leaf < 0) return key.Add("message").Add(mapping.ControlId);
        return key.Add(cx[1]).Add(Cx.Authority(cx));
    }

    /// <summary>The medical record number, patient internal identifier, or patient external identifier; else the first number.</summary>
    public static Value Choose(FieldValue identifiers)
    {
        Value first = default;
        foreach (var cx in identifiers)
        {
            if (cx[1].Leaf < 0) continue;
            if (cx[5].IsOneOf("MR"u8, "PI"u8) || cx[5].Is("PT"u8)) return cx;
            if (first.Until == 0) first = cx;
        }

        return first;
    }
}
