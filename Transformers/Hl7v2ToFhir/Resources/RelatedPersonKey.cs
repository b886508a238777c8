using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// What makes a relative of the patient the same one again, whichever segment tells of him: next of kin (NK1), guarantor (GT1) or insured
/// (IN1). His number where one of them states it, else his name. Two of one name whose birth dates differ are two.
/// </summary>
public static class RelatedPersonKey
{
    /// <param name="segment">NK1, GT1 or IN1.</param>
    public static IdKey Of(SegmentValue segment)
    {
        var mapping = segment.Mapping;
        var key = mapping.Resources.PartOf(mapping.Patient, "RelatedPerson");
        var (name, number) = (NameOf(segment), NumberOf(segment));
        if (number[1].Leaf < 0 && name.HasValue) number = mapping.Namesakes.NumberOf(segment);
        if (number[1].Leaf >= 0) return key.Add("number").Add(number[1]).Add(Cx.Authority(number));
        if (!name.HasValue) return key.Add("segment").Add(segment.Name).AddAll(segment[30].First);
        key.Add("name").Add(name[1][1]).Add(name[2]).Add(name[3]);
        // Father and son of one name: what tells them apart has to be in the key of both.
        return mapping.Namesakes.AreSeveral(segment) ? key.Add(BirthDateOf(segment)) : key;
    }

    /// <summary>Key of somebody known by a number alone, as PID-21 gives it.</summary>
    public static IdKey OfNumber(Mapping mapping, Value cx) =>
        mapping.Resources.PartOf(mapping.Patient, "RelatedPerson").Add("number").Add(cx[1]).Add(Cx.Authority(cx));

    internal static Value NameOf(SegmentValue segment) => segment[segment.Name switch { "NK1" => 2, "GT1" => 3, _ => 16 }].First;

    // IN1 numbers the policy (IN1-36) and what is insured by it (IN1-49), not the person.
    internal static Value NumberOf(SegmentValue segment) => segment.Name switch { "NK1" => segment[33].First, "GT1" => segment[2].First, _ => default };

    internal static Value BirthDateOf(SegmentValue segment) => segment[segment.Name switch { "NK1" => 16, "GT1" => 8, _ => 18 }].First;
}
