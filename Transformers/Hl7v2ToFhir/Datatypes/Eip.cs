using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>EIP: entity identifier pair (HL7 v2.8.2 2A.29): two EI one level lower, of placer and filler.</summary>
internal static class Eip
{
    /// <summary>The parts of ORC-4, which is an EI of the placer up to v2.6, and an EIP from v2.7 on.</summary>
    /// <returns>Each an EI, or no value.</returns>
    public static (Value Placer, Value Filler) OfGroup(Value group) =>
        group[1].PartCount > 1 || group[2].PartCount > 1 || group[1].Leaf < 0 ? (group[1], group[2]) : (group, default);
}
