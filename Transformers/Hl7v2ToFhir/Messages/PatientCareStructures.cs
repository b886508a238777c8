namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Patient care (HL7 v2.8.2 chapter 12).</summary>
internal static class PatientCareStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("PPR", PatientCareMessages.Problems, "PC1", "PC2", "PC3");
        register.Add("PGL", PatientCareMessages.Goals, "PC6", "PC7", "PC8");
        register.Add("PPP", PatientCareMessages.Pathways, "PCB", "PCC", "PCD");
    }
}
