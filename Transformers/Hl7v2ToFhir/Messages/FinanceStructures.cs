namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Financial management (HL7 v2.8.2 chapter 6).</summary>
internal static class FinanceStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("BAR", BillingAccount.Map, "P01", "P05", "P06", "P10", "P12");
        register.Add("BAR", BillingAccount.Purge, Patients.Several, "P02");
        register.Add("DFT", BillingAccount.Map, "P03", "P11");
    }
}
