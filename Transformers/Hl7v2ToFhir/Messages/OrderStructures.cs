namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Order entry (HL7 v2.8.2 chapter 4), without those of the pharmacy.</summary>
internal static class OrderStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("ORM", OrderWalk.Orders, "O01");
        register.Add("OML", OrderWalk.Orders, Patients.OneRepeated, "O21");
        register.Add("OML", OrderWalk.OrdersOfSpecimens, Patients.OneRepeated, "O33", "O35");
        register.Add("OMG", OrderWalk.Orders, Patients.OneRepeated, "O19");
        register.Add("OMI", OrderWalk.Orders, "O23");
        register.Add("ORR", OrderWalk.Orders, "O02");
        register.Add("ORL", OrderWalk.Orders, "O22");
        register.Add("ORL", OrderWalk.OrdersOfSpecimens, "O34", "O36");
        register.Add("ORG", OrderWalk.Orders, "O20");
        register.Add("ORI", OrderWalk.Orders, "O24");
    }
}
