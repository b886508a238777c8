using System.Runtime.InteropServices;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

/// <summary>All populated leaves of a message in message order; the number of a leaf is its place here.</summary>
public sealed class LeafTable
{
    private Leaf[] leaves = new Leaf[1024];
    private LeafState[] states = new LeafState[1024];
    private Er7Message? message;
    private byte[] content = [];
    private int start;

    public int Count { get; private set; }

    /// <summary>True where some leaf is null ("").</summary>
    public bool HasNull { get; private set; }

    public ref readonly Leaf this[int number] => ref leaves[number];

    private Er7Message Message => message ?? throw new InvalidOperationException("No message is open");

    internal void Open(Er7Message opened)
    {
        message = opened;
        Count = opened.ReadLeaves(ref leaves);
        // Spans of an array are had more cheaply than spans of a memory, and each leaf is looked at many times.
        if (MemoryMarshal.TryGetArray(opened.Content, out var array)) (content, start) = (array.Array!, array.Offset);
        else (content, start) = (opened.Content.ToArray(), 0);
        if (states.Length < leaves.Length) states = new LeafState[leaves.Length];
        var delimiters = opened.Delimiters;
        // Most messages hold no escape at all behind MSH-2: one look over the whole spares one at each leaf.
        var escapes = delimiters.HasEscape && Count > 2 && content.AsSpan(start + leaves[2].Offset, opened.Content.Length - leaves[2].Offset).Contains(delimiters.Escape);
        var bytes = content.AsSpan(start);
        HasNull = false;
        for (var number = 0; number < Count; number++)
        {
            ref readonly var leaf = ref leaves[number];
            // The first byte tells of nearly every leaf that nothing is special about it.
            states[number] = bytes[leaf.Offset] is not ((byte)'"' or (byte)' ') && !escapes
                ? LeafState.Plain
                : StateOf(bytes.Slice(leaf.Offset, leaf.Length), escapes && number >= 2, delimiters.Escape);
            if (states[number] == LeafState.Escaped && IsEmpty(number, delimiters.Escape)) states[number] = LeafState.Blank;
            HasNull |= states[number] == LeafState.Null;
        }
    }

    internal void Close()
    {
        message = null;
        content = [];
        Count = 0;
        if (leaves.Length > 16 * 1024) (leaves, states) = (new Leaf[1024], new LeafState[1024]);
    }

    /// <summary>The bytes as they stand in the message, in UTF-8.</summary>
    public ReadOnlySpan<byte> Raw(int number) => content.AsSpan(start + leaves[number].Offset, leaves[number].Length);

    /// <summary>Text with its escapes resolved.</summary>
    public ReadOnlySpan<byte> Utf8(int number) => states[number] == LeafState.Escaped ? Message.ElementAt(leaves[number]).Utf8 : Raw(number);

    /// <summary>What stands between a leaf and the next: delimiters.</summary>
    public ReadOnlySpan<byte> Between(int number)
    {
        var end = leaves[number].Offset + leaves[number].Length;
        return content.AsSpan(start + end, leaves[number + 1].Offset - end);
    }

    /// <summary>Two quotation marks.</summary>
    public bool IsNull(int number) => states[number] == LeafState.Null;

    /// <summary>Neither null nor blank, with its escapes resolved: FHIR knows no string of white space (R4 2.24.0.1).</summary>
    public bool IsValued(int number) => states[number] >= LeafState.Plain;

    public bool IsBlank(int number) => states[number] == LeafState.Blank;

    // Nothing but escapes that stand for no text, such as \H\ or \.fi\ (HL7 v2.8.2 2.7.2, 2.7.5).
    private bool IsEmpty(int number, byte escape) =>
        Raw(number)[0] is var first && (first == escape || first == (byte)' ') && Utf8(number).Trim(" \t\r\n"u8).IsEmpty;

    private static LeafState StateOf(ReadOnlySpan<byte> raw, bool escapes, byte escape) => raw switch
    {
        [(byte)'"', (byte)'"'] => LeafState.Null,
        [(byte)' ', ..] when raw.Trim((byte)' ').IsEmpty => LeafState.Blank,
        _ => escapes && raw.Contains(escape) ? LeafState.Escaped : LeafState.Plain,
    };

    private enum LeafState : byte { Null, Blank, Plain, Escaped }
}
