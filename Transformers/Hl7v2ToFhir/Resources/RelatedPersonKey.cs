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
        if (number[1].Leaf < 0 && name.HasValue) number = NumberIn(mapping, segment, name);
        if (number[1].Leaf >= 0) return key.Add("number").Add(number[1]).Add(number[4][1].Leaf >= 0 ? number[4][1] : number[4][2]);
        if (!name.HasValue) return key.Add("segment").Add(segment.Name).AddAll(segment[30].First);
        key.Add("name").Add(name[1][1]).Add(name[2]).Add(name[3]);
        // Father and son of one name: what tells them apart has to be in the key of both.
        return HasNamesake(mapping, segment, name) ? key.Add(BirthDateOf(segment)) : key;
    }

    /// <summary>Key of somebody known by a number alone, as PID-21 gives it.</summary>
    public static IdKey OfNumber(Mapping mapping, Value cx) =>
        mapping.Resources.PartOf(mapping.Patient, "RelatedPerson").Add("number").Add(cx[1]).Add(cx[4][1].Leaf >= 0 ? cx[4][1] : cx[4][2]);

    private static Value NameOf(SegmentValue segment) => segment[segment.Name switch { "NK1" => 2, "GT1" => 3, _ => 16 }].First;

    // IN1 numbers the policy (IN1-36) and what is insured by it (IN1-49), not the person.
    private static Value NumberOf(SegmentValue segment) => segment.Name switch { "NK1" => segment[33].First, "GT1" => segment[2].First, _ => default };

    private static Value BirthDateOf(SegmentValue segment) => segment[segment.Name switch { "NK1" => 16, "GT1" => 8, _ => 18 }].First;

    private static Value NumberIn(Mapping mapping, SegmentValue segment, Value name)
    {
        for (var other = Next(mapping, segment, mapping.Pid.Index); other.Exists; other = Next(mapping, segment, other.Index))
        {
            if (AreNamedAlike(name, NameOf(other)) && !Differ(segment, other) && NumberOf(other) is var number && number[1].Leaf >= 0) return number;
        }

        return default;
    }

    private static bool HasNamesake(Mapping mapping, SegmentValue segment, Value name)
    {
        for (var other = Next(mapping, segment, mapping.Pid.Index); other.Exists; other = Next(mapping, segment, other.Index))
        {
            if (Differ(segment, other) && AreNamedAlike(name, NameOf(other))) return true;
        }

        return false;
    }

    private static bool AreNamedAlike(Value one, Value other) =>
        one[1][1].Utf8.SequenceEqual(other[1][1].Utf8) && one[2].Utf8.SequenceEqual(other[2].Utf8) && one[3].Utf8.SequenceEqual(other[3].Utf8);

    private static bool Differ(SegmentValue one, SegmentValue other)
    {
        var day = BirthDateOf(one).Utf8;
        var otherDay = BirthDateOf(other).Utf8;
        return !day.IsEmpty && !otherDay.IsEmpty && !day.SequenceEqual(otherDay);
    }

    /// <summary>The next other segment about a relative of the same patient; absent where there is none.</summary>
    private static SegmentValue Next(Mapping mapping, SegmentValue segment, int after)
    {
        for (var at = after + 1; at < mapping.Segments.Count; at++)
        {
            var other = mapping.Segments[at];
            if (other.Name == "PID") break;
            if (other.Name is "NK1" or "GT1" or "IN1" && at != segment.Index) return other;
        }

        return default;
    }
}
