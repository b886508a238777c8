using System.Collections.Frozen;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>How many patients a type of message is about.</summary>
internal enum Patients
{
    /// <summary>One: a second PID is refused, for its map would file what it brings under the first.</summary>
    One,

    /// <summary>One, whose PID may stand again in front of earlier results: with a number of the first (PID-3), or it is refused.</summary>
    OneRepeated,

    /// <summary>One or several: its map enters each (<see cref="Reading.Mapping.EnterPatient"/>) as it comes to his PID.</summary>
    Several,

    /// <summary>None: master files, acknowledgements. Such a message needs no identity and no consent, and must make no resource about a patient.</summary>
    None,
}

/// <summary>Gathers the supported messages of each family, by message code (MSH-9.1) and trigger event (MSH-9.2).</summary>
internal sealed class StructureRegister
{
    /// <summary>In place of a trigger event: an answer names the event of the message that it answers.</summary>
    public const string AnyTrigger = "*";

    private readonly Dictionary<string, Dictionary<string, RegisteredMap>> codes = new(StringComparer.Ordinal);

    /// <summary>Adds a map of messages about one patient.</summary>
    /// <exception cref="ArgumentException">A trigger event is there already.</exception>
    public void Add(string code, MessageMap map, params ReadOnlySpan<string> triggers) => Add(code, map, Patients.One, triggers);

    /// <inheritdoc cref="Add(string, MessageMap, ReadOnlySpan{string})"/>
    public void Add(string code, MessageMap map, Patients patients, params ReadOnlySpan<string> triggers)
    {
        if (!codes.TryGetValue(code, out var events)) codes[code] = events = new(StringComparer.Ordinal);
        foreach (var trigger in triggers) events.Add(trigger, new(map, patients));
    }

    public FrozenDictionary<string, FrozenDictionary<string, RegisteredMap>> Build() =>
        codes.ToFrozenDictionary(code => code.Key, code => code.Value.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}

/// <summary>The map of one message.</summary>
internal sealed record RegisteredMap(MessageMap Map, Patients Patients);
