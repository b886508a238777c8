namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>The ADT messages that are translated, by trigger event.</summary>
internal static class AdtStructures
{
    public static void Register(Dictionary<string, MessageMap> byEvent)
    {
        foreach (var trigger in (ReadOnlySpan<string>)["A01", "A02", "A03", "A04", "A08", "A11", "A28", "A31", "A40"]) byEvent[trigger] = AdtVisit.Map;
        byEvent["A13"] = AdtVisit.CancelDischarge;
    }
}
