namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Patient referral (HL7 v2.8.2 chapter 11).</summary>
internal static class ReferralStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("REF", ReferralMessages.Map, "I12", "I13", "I14", "I15");
        register.Add("RRI", ReferralMessages.Map, "I12", "I13", "I14", "I15");
    }
}
