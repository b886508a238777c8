namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Patient administration (HL7 v2.8.2 chapter 3).</summary>
internal static class AdtStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("ADT", AdtVisit.Map, "A01", "A02", "A03", "A04", "A08", "A11", "A28", "A31", "A40");
        register.Add("ADT", AdtVisit.CancelDischarge, "A13");
    }
}
