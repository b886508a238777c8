namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>The ADT messages that are translated, by trigger event.</summary>
internal static class AdtStructures
{
    public static void Register(Dictionary<string, MessageMap> byEvent)
    {
        byEvent["A28"] = AdtA05.Map;
        byEvent["A31"] = AdtA05.Map;
    }
}
