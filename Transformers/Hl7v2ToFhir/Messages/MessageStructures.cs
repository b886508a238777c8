using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Maps one message: which segments make which resources, and how these refer to each other.</summary>
public delegate void MessageMap(Mapping mapping);

/// <summary>The supported messages, by MSH-9.</summary>
public static class MessageStructures
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, MessageMap>> Known = Build();

    /// <summary>All of them, such as ADT^A01.</summary>
    public static IEnumerable<string> All => Known.SelectMany(code => code.Value.Keys.Select(trigger => $"{code.Key}^{trigger}")).Order(StringComparer.Ordinal);

    /// <returns>Rejection MessageTypeUnsupported, TriggerEventUnsupported, or SegmentSequenceInvalid for two patients in one message.</returns>
    internal static Result<MessageMap> Find(Mapping mapping)
    {
        var msh = mapping.Segments[0];
        var type = msh[9].First;
        if (!Known.TryGetValue(type[1].Text, out var events))
            return new Rejection(RejectionCode.MessageTypeUnsupported, "MSH-9.1 names a message type that is not translated", new FieldLocation("MSH", 1, 9, 1, 1));
        // Before v2.2 some senders gave the message type alone; only ORU can be told without its event.
        var trigger = type[2].Text;
        if (!events.TryGetValue(trigger, out var map) && (trigger.Length > 0 || events.Count > 1))
            return new Rejection(RejectionCode.TriggerEventUnsupported, "MSH-9.2 names a trigger event that is not translated", new FieldLocation("MSH", 1, 9, 1, 2));
        // The hub files a message under one citizen: what a second PID brings would land in the wrong record.
        if (mapping.First("PID") is { Exists: true } pid && mapping.First("PID", pid.Index + 1).Exists)
            return new Rejection(RejectionCode.SegmentSequenceInvalid, "A message must be about one patient: send one message for each PID", new FieldLocation("PID", 2));
        return map ?? events.Values[0];
    }

    private static FrozenDictionary<string, FrozenDictionary<string, MessageMap>> Build()
    {
        var register = new StructureRegister();
        AdtStructures.Register(register);
        ResultStructures.Register(register);
        return register.Build();
    }
}
