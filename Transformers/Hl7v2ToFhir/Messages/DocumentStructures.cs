namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Medical records and information management (HL7 v2.8.2 chapter 9).</summary>
internal static class DocumentStructures
{
    public static void Register(StructureRegister register) =>
        register.Add("MDM", DocumentMessages.Map, "T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T11");
}
