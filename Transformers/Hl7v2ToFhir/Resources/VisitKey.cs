using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// What makes a visit the same one again: its number (PV1-19), else the account (PID-18), else the patient and the time of admission
/// (PV1-44). With none of them it is a visit of this message alone.
/// </summary>
public static class VisitKey
{
    public static IdKey Of(SegmentValue pv1)
    {
        var mapping = pv1.Mapping;
        var visit = pv1[19].First;
        if (visit[1].Leaf >= 0) return Numbered(mapping, "visit", visit);
        var account = mapping.Pid[18].First;
        if (account[1].Leaf >= 0) return Numbered(mapping, "account", account);
        var key = mapping.Resources.Key("Encounter").Add(mapping.Patient.Utf8Of("id"));
        return pv1[44].First.Leaf >= 0 ? key.Add("admitted").Add(pv1[44]) : key.Add("message").Add(mapping.ControlId);
    }

    /// <summary>Key of a visit known by its number alone, as MRG-5 gives it.</summary>
    public static IdKey OfNumber(Mapping mapping, Value visit) => Numbered(mapping, "visit", visit);

    private static IdKey Numbered(Mapping mapping, string kind, Value cx) =>
        mapping.Resources.Key("Encounter").Add(kind).Add(cx[1]).Add(Cx.Authority(cx));
}
