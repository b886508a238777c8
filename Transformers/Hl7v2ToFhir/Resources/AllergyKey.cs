using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>What makes an allergy the same one again: the patient and the substance, whether AL1 or IAM tells it.</summary>
internal static class AllergyKey
{
    public static IdKey Of(SegmentValue segment)
    {
        var mapping = segment.Mapping;
        var substance = segment[3].First;
        var key = mapping.Resources.PartOf(mapping.Patient, "AllergyIntolerance");
        return substance[1].Leaf >= 0 ? key.Add(substance[1]).Add(substance[3]) : key.Add("text").AddAll(substance);
    }
}
