namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Vaccination (HL7 v2.8.2 4.13), and the query for a record with its answer (chapter 5, triggers Q11 and K11).</summary>
internal static class VaccinationStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("VXU", VaccinationRecord.Map, "V04");
        register.Add("VXR", VaccinationRecord.Map, "V03");
        register.Add("RSP", VaccinationRecord.Map, "K11");
        register.Add("QBP", RecordQuery.Map, Patients.None, "Q11");
    }
}
