using System.Runtime.InteropServices;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>
/// An HL7 v2 message in ER7 (HL7 v2.8.2 2.6): an index of segments over its bytes. Fields and their parts are found when asked for.
/// Not changed after reading; several threads may read it.
/// </summary>
public sealed class Er7Message
{
    private readonly SegmentEntry[] entries;
    private readonly ArraySegment<byte> bytes;
    private FieldIndex? fields;
    private int[]? occurrences;

    internal Er7Message(ReadOnlyMemory<byte> original, ReadOnlyMemory<byte> content, Delimiters delimiters, CharacterSet characterSet)
    {
        Original = original;
        Content = content;
        Delimiters = delimiters;
        CharacterSet = characterSet;
        // Memory is asked for its span once, not for each field.
        bytes = MemoryMarshal.TryGetArray(content, out ArraySegment<byte> array) ? array : content.ToArray();
        entries = SegmentIndex.Read(bytes);
    }

    /// <summary>The bytes as received.</summary>
    public ReadOnlyMemory<byte> Original { get; }

    /// <summary>
    /// The message as ER7 in UTF-8: the same memory as <see cref="Original"/> unless it came as XML, or in another character set and not as plain ASCII.
    /// All offsets count in it.
    /// </summary>
    public ReadOnlyMemory<byte> Content { get; }

    public Delimiters Delimiters { get; }

    /// <summary>The one in force: of MSH-18, or the default of the source.</summary>
    public CharacterSet CharacterSet { get; }

    public int SegmentCount => entries.Length;

    /// <summary>The MSH segment.</summary>
    public Segment Header => new(this, 0);

    /// <summary>False where the last segment lacks its carriage return (HL7 v2.8.2 2.5.2 asks for one).</summary>
    public bool LastSegmentTerminated => TerminatorOf(SegmentCount - 1).Length > 0;

    /// <summary>True where <see cref="Content"/> is not the bytes as received.</summary>
    internal bool IsTranscoded => !Original.Equals(Content);

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Reads a message without its MLLP frame, in ER7 or in v2 XML.</summary>
    /// <param name="defaultCharacterSet">HL7 table 0211 code that applies where MSH-18 is empty.</param>
    /// <returns>
    /// Or a rejection: MessageEmpty, MshMissing, MshTruncated (no MSH-12), DelimitersInvalid, CharacterSetUnknown, CharacterSetContradicted, XmlInvalid.
    /// </returns>
    public static Result<Er7Message> Read(ReadOnlyMemory<byte> bytes, string defaultCharacterSet = "ASCII") =>
        MessageOpening.Read(bytes, (_, _) => defaultCharacterSet);

    /// <summary>The segment at that place, from 0.</summary>
    public Segment SegmentAt(int index) => index >= 0 && index < entries.Length ? new Segment(this, index) : default;

    /// <summary>The first segment of that name at or after that place; absent where there is none.</summary>
    public Segment First(string name, int from = 0)
    {
        uint packed = SegmentName.Pack(name);
        for (int i = Math.Max(from, 0); i < entries.Length; i++)
        {
            if (entries[i].Name == packed) return new Segment(this, i);
        }
        return default;
    }

    public SegmentEnumerator GetEnumerator() => new(this);

    /// <summary>Lists every populated leaf (subcomponent), in message order; MSH-1 and MSH-2 are one each.</summary>
    /// <param name="leaves">Reusable; it grows when it is too small.</param>
    /// <returns>How many were written.</returns>
    public int ReadLeaves(ref Leaf[] leaves) => new LeafWalk(Delimiters).Read(this, ref leaves);

    /// <summary>The leaf as an element.</summary>
    public Element ElementAt(in Leaf leaf) =>
        new(this, leaf.Segment, leaf.Field, leaf.Repetition, leaf.Component, leaf.Subcomponent, leaf.Offset, leaf.Length);

    /// <summary>Text of a leaf in UTF-8, escapes resolved; a null stays as its two quotation marks. Nothing is allocated where it holds no escape.</summary>
    public ReadOnlySpan<byte> Resolve(in Leaf leaf)
    {
        ReadOnlySpan<byte> raw = Bytes.Slice(leaf.Offset, leaf.Length);
        return IsDelimiterField(leaf.Segment, leaf.Field) ? raw : Escapes.Resolve(raw, Delimiters, CharacterSet);
    }

    /// <summary>The name and occurrence of a segment, as the start of a location.</summary>
    public FieldLocation Location(int segment, int field = 0) => new(SegmentName.Text(entries[segment].Name), OccurrenceOf(segment), field);

    internal SegmentEntry Entry(int index) => entries[index];

    /// <summary>MSH, and BHS and FHS of batches, hold the delimiters in their first two fields.</summary>
    internal bool IsHeader(int segment) => SegmentIndex.HoldsDelimiters(entries[segment].Name);

    internal bool IsDelimiterField(int segment, int number) => number <= 2 && IsHeader(segment);

    internal int OccurrenceOf(int segment) => (occurrences ??= SegmentIndex.Occurrences(entries))[segment];

    internal ReadOnlySpan<byte> TerminatorOf(int segment)
    {
        int end = entries[segment].Offset + entries[segment].Length;
        return Bytes[end..(segment + 1 < entries.Length ? entries[segment + 1].Offset : Bytes.Length)];
    }

    internal int FieldCount(int segment)
    {
        int separators = (fields ??= new FieldIndex(this)).SeparatorCount(segment);
        return separators > 0 && IsHeader(segment) ? separators + 1 : separators;
    }

    internal Field Field(int segment, int number)
    {
        bool header = IsHeader(segment);
        int part = header ? number - 1 : number;
        if (part < 1) return header && number == 1 ? FieldSeparator(segment) : default;
        // The header of a message is read without an index, so that looking at it costs nothing more.
        if (segment == 0 && fields is null)
        {
            SegmentEntry entry = entries[0];
            return Splitting.Find(Bytes.Slice(entry.Offset, entry.Length), Delimiters.Field, part + 1, out int start, out int width)
                ? new Field(this, 0, number, entry.Offset + start, width)
                : default;
        }
        return (fields ??= new FieldIndex(this)).TryFind(segment, part, out int offset, out int length)
            ? new Field(this, segment, number, offset, length)
            : default;
    }

    /// <summary>MSH-1, which stands for itself.</summary>
    private Field FieldSeparator(int segment)
    {
        SegmentEntry entry = entries[segment];
        int at = Bytes.Slice(entry.Offset, entry.Length).IndexOf(Delimiters.Field);
        return at < 0 ? default : new Field(this, segment, 1, entry.Offset + at, 1);
    }
}

/// <summary>Walks over the segments of a message.</summary>
public struct SegmentEnumerator
{
    private readonly Er7Message message;
    private int index;

    internal SegmentEnumerator(Er7Message message)
    {
        this.message = message;
        index = -1;
    }

    public readonly Segment Current => new(message, index);

    public bool MoveNext() => ++index < message.SegmentCount;
}
