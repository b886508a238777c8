using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Maps one message: which segments make which resources, and how these refer to each other.</summary>
public delegate void MessageMap(Mapping mapping);

/// <summary>The supported messages, by MSH-9.</summary>
public static class MessageStructures
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, RegisteredMap>> Known = Build();

    /// <summary>All of them, such as ADT^A01.</summary>
    public static IEnumerable<string> All => Known.SelectMany(code => code.Value.Keys.Select(trigger => $"{code.Key}^{trigger}")).Order(StringComparer.Ordinal);

    /// <returns>
    /// Rejection MessageTypeUnsupported, TriggerEventUnsupported, SegmentSequenceInvalid for two patients in one message, or RequiredFieldMissing
    /// for a merge that merges nothing.
    /// </returns>
    internal static Result<MessageMap> Find(Mapping mapping)
    {
        var msh = mapping.Segments[0];
        var type = msh[9].First;
        if (!Known.TryGetValue(type[1].Text, out var events))
            return new Rejection(RejectionCode.MessageTypeUnsupported, "MSH-9.1 names a message type that is not translated", new FieldLocation("MSH", 1, 9, 1, 1));
        // Before v2.2 some senders gave the message type alone; only ORU can be told without its event.
        var trigger = type[2].Text;
        if (!events.TryGetValue(trigger, out var map) && !events.TryGetValue(StructureRegister.AnyTrigger, out map) && (trigger.Length > 0 || events.Count > 1))
            return new Rejection(RejectionCode.TriggerEventUnsupported, "MSH-9.2 names a trigger event that is not translated", new FieldLocation("MSH", 1, 9, 1, 2));
        map ??= events.Values[0];
        // What a second PID brings would land in the record of the first.
        if (map.Patients != Patients.Several && mapping.First("PID") is { Exists: true } pid
            && mapping.First("PID", pid.Index + 1) is { Exists: true } other && (map.Patients != Patients.OneRepeated || !AreOne(mapping, pid, other)))
            return new Rejection(RejectionCode.SegmentSequenceInvalid, "A message of this type must be about one patient: send one message for each PID", new FieldLocation("PID", 2));
        // All that merge can be about several patients.
        if (map.Patients == Patients.Several && MergeCheck.Find(mapping) is { } fault) return fault;
        return map.Map;
    }

    // Each further PID has a number of the first.
    private static bool AreOne(Mapping mapping, SegmentValue pid, SegmentValue other)
    {
        var numbers = new HashSet<(string, string, string)>();
        foreach (var number in pid[3])
        {
            if (number[1].Leaf >= 0) numbers.Add(Key(number));
        }

        for (; other.Exists; other = mapping.First("PID", other.Index + 1))
        {
            if (!IsOneOf(numbers, other[3])) return false;
        }

        return true;
    }

    private static bool IsOneOf(HashSet<(string, string, string)> numbers, FieldValue others)
    {
        foreach (var other in others)
        {
            if (numbers.Contains(Key(other))) return true;
        }

        return false;
    }

    private static (string Number, string Authority, string UniversalId) Key(Value cx) => (cx[1].Text, cx[4][1].Text, cx[4][2].Text);

    /// <summary>How many patients that message is about; where it is not supported, it is taken to be about one.</summary>
    internal static Patients PatientsOf(string code, string trigger)
    {
        if (!Known.TryGetValue(code, out var events)) return Patients.One;
        if (events.TryGetValue(trigger, out var map) || events.TryGetValue(StructureRegister.AnyTrigger, out map)) return map.Patients;
        return trigger.Length == 0 && events.Count == 1 ? events.Values[0].Patients : Patients.One;
    }

    private static FrozenDictionary<string, FrozenDictionary<string, RegisteredMap>> Build()
    {
        var register = new StructureRegister();
        FinanceStructures.Register(register);
        MasterFileStructures.Register(register);
        AnswerStructures.Register(register);
        AdtStructures.Register(register);
        PatientAnswer.Register(register);
        ResultStructures.Register(register);
        PharmacyStructures.Register(register);
        VaccinationStructures.Register(register);
        SchedulingStructures.Register(register);
        OrderStructures.Register(register);
        DocumentStructures.Register(register);
        ReferralStructures.Register(register);
        PatientCareStructures.Register(register);
        return register.Build();
    }
}
