namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Observation reporting (HL7 v2.8.2 chapter 7), and laboratory automation's reports (chapter 13).</summary>
internal static class ResultStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("ORU", OrderWalk.Reports, Patients.Several, "R01");
        register.Add("ORU", OrderWalk.Reports, "R30");
        register.Add("ORU", OrderWalk.Alerts, "R40");
        register.Add("CSU", OrderWalk.Reports, "C09", "C10", "C11", "C12");
        register.Add("OUL", OrderWalk.Reports, "R21");
        register.Add("OUL", OrderWalk.ReportsOfSpecimens, "R22", "R23");
        register.Add("OUL", OrderWalk.ReportsWithSpecimens, "R24");
    }
}
