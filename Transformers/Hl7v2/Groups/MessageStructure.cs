using System.Collections.Concurrent;
using EHealthPlus.Transformers.Hl7v2.Dictionary;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Groups;

/// <summary>The abstract syntax of one kind of message: which segments form which groups.</summary>
public sealed class MessageStructure
{
    private static readonly ConcurrentDictionary<string, MessageStructure> Known = new(StringComparer.Ordinal);

    /// <summary>No groups: every segment stands in the message itself.</summary>
    private static readonly MessageStructure Flat = new(string.Empty, []);

    private MessageStructure(string name, StructureItem[] items)
    {
        Name = name;
        Items = items;
    }

    /// <summary>Such as ADT_A01; empty where the standard does not know the message.</summary>
    public string Name { get; }

    internal StructureItem[] Items { get; }

    /// <returns>Null where the standard has no structure of that name.</returns>
    public static MessageStructure? Find(string name)
    {
        if (Known.TryGetValue(name, out MessageStructure? found)) return found;
        if (!Definitions.Current.Structures.TryGetValue(name, out string? grammar)) return null;
        return Known.GetOrAdd(name, new MessageStructure(name, StructureItem.Parse(grammar)));
    }

    /// <summary>By code and trigger event of MSH-9, or else by the structure that MSH-9.3 states, which senders often get wrong.</summary>
    public static MessageStructure Of(Er7Message message)
    {
        Element type = message.Header[9].First;
        return Find($"{type[1].Text}_{type[2].Text}") ?? Find(type[3].Text) ?? Flat;
    }
}
