namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Pharmacy and treatment (HL7 v2.8.2 chapter 4A); the trigger O01 is the one of v2.3.</summary>
internal static class PharmacyStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("OMP", PharmacyOrder.Order, "O09");
        register.Add("RDE", PharmacyOrder.Order, "O11", "O25", "O01");
        register.Add("RDS", PharmacyOrder.Act, "O13", "O01");
        register.Add("RGV", PharmacyOrder.Act, "O15", "O01");
        register.Add("RAS", PharmacyOrder.Act, "O17", "O01");
        register.Add("ORP", PharmacyOrder.Answer, "O10");
        register.Add("RRE", PharmacyOrder.Answer, "O12", "O26", "O02");
        register.Add("RRD", PharmacyOrder.Answer, "O14", "O02");
        register.Add("RRG", PharmacyOrder.Answer, "O16", "O02");
        register.Add("RRA", PharmacyOrder.Answer, "O18", "O02");
    }
}
