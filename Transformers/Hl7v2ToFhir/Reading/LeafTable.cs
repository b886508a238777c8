using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

/// <summary>All populated leaves of a message in message order; the number of a leaf is its place here.</summary>
public sealed class LeafTable
{
    private Leaf[] leaves = new Leaf[1024];
    private Er7Message? message;

    public int Count { get; private set; }

    public ref readonly Leaf this[int number] => ref leaves[number];

    private Er7Message Message => message ?? throw new InvalidOperationException("No message is open");

    internal void Open(Er7Message opened)
    {
        message = opened;
        Count = opened.ReadLeaves(ref leaves);
    }

    internal void Close()
    {
        message = null;
        Count = 0;
        if (leaves.Length > 16 * 1024) leaves = new Leaf[1024];
    }

    /// <summary>The bytes as they stand in the message, in UTF-8.</summary>
    public ReadOnlySpan<byte> Raw(int number) => Message.Content.Span.Slice(leaves[number].Offset, leaves[number].Length);

    /// <summary>Text with its escapes resolved.</summary>
    public ReadOnlySpan<byte> Utf8(int number)
    {
        var raw = Raw(number);
        var delimiters = Message.Delimiters;
        return delimiters.HasEscape && raw.Contains(delimiters.Escape) ? Message.ElementAt(leaves[number]).Utf8 : raw;
    }

    /// <summary>What stands between a leaf and the next: delimiters.</summary>
    public ReadOnlySpan<byte> Between(int number)
    {
        var end = leaves[number].Offset + leaves[number].Length;
        return Message.Content.Span[end..leaves[number + 1].Offset];
    }

    public bool IsNull(int number) => leaves[number].Length == 2 && Raw(number).SequenceEqual("\"\""u8);

    /// <summary>Neither null nor blank: FHIR knows no string of white space (R4 2.24.0.1).</summary>
    public bool IsValued(int number) => !IsNull(number) && !IsBlank(number);

    public bool IsBlank(int number) => Raw(number).Trim((byte)' ').IsEmpty;
}
