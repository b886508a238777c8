namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Observation reporting (HL7 v2.8.2 chapter 7).</summary>
internal static class ResultStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("ORU", OruR01.Map, "R01");
    }
}
