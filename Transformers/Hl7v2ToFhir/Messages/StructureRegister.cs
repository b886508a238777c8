using System.Collections.Frozen;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Gathers the supported messages of each family, by message code (MSH-9.1) and trigger event (MSH-9.2).</summary>
internal sealed class StructureRegister
{
    private readonly Dictionary<string, Dictionary<string, MessageMap>> codes = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A trigger event is there already.</exception>
    public void Add(string code, MessageMap map, params ReadOnlySpan<string> triggers)
    {
        if (!codes.TryGetValue(code, out var events)) codes[code] = events = new(StringComparer.Ordinal);
        foreach (var trigger in triggers) events.Add(trigger, map);
    }

    public FrozenDictionary<string, FrozenDictionary<string, MessageMap>> Build() =>
        codes.ToFrozenDictionary(code => code.Key, code => code.Value.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
