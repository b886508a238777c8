using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// What makes a dose the same one again: the filler's number, else the placer's, else patient, vaccine and time. 9999 stands where
/// there is no number (CDC implementation guide for immunization messaging 1.5, ORC-3).
/// </summary>
internal static class ImmunizationKey
{
    public static IdKey Of(Mapping mapping, SegmentValue orc, SegmentValue rxa)
    {
        var key = mapping.Resources.Key("Immunization");
        var number = IsNumber(orc[3]) ? orc[3].First : orc[2].First;
        if (IsNumber(number)) return key.Add("order").Add(number[1]).Add(number[2]).Add(number[3]);
        if (mapping.Patient.Exists) key.Add(mapping.Patient.Utf8Of("id"));
        return key.Add("given").Add(rxa[5].First[1]).Add(rxa[5].First[2]).Add(rxa[3]);
    }

    public static bool IsNumber(Value ei) => ei[1].Leaf >= 0 && !ei[1].Is("9999"u8);
}
