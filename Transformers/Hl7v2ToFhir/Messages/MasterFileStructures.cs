namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Master files (HL7 v2.8.2 chapters 8 and 15): they are about no patient.</summary>
internal static class MasterFileStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("MFN", MasterFile.MapStaff, Patients.None, "M02");
        register.Add("MFN", MasterFile.MapLocations, Patients.None, "M05");
    }
}
