using System.Buffers;
using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Writing;

/// <summary>
/// Builds a message front to back. Delimiters are written only when a value follows them, so nothing trails; segments end with CR.
/// Numbers are those of the standard and only go forward.
/// </summary>
public sealed class Er7Writer(Delimiters delimiters)
{
    private readonly ArrayBufferWriter<byte> output = new(256);
    private int field;
    private int component = 1;
    private int subcomponent = 1;
    private int writtenField;
    private int writtenComponent = 1;
    private int writtenSubcomponent = 1;

    /// <summary>Begins a segment. MSH gets its first two fields: go on with field 3.</summary>
    public Er7Writer Segment(string name)
    {
        EndSegment();
        output.Write(Encoding.ASCII.GetBytes(name));
        field = writtenField = 0;
        Restart();
        if (SegmentIndex.HoldsDelimiters(SegmentName.Pack(name)))
        {
            output.Write([delimiters.Field]);
            output.Write(delimiters.EncodingCharacters);
            field = writtenField = 2;
        }
        return this;
    }

    public Er7Writer Field(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(number, field);
        field = number;
        component = subcomponent = 1;
        return this;
    }

    /// <summary>Begins a further repetition of the field.</summary>
    public Er7Writer Repeat()
    {
        Flush();
        output.Write([delimiters.Repetition]);
        Restart();
        return this;
    }

    public Er7Writer Component(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, component);
        component = number;
        subcomponent = 1;
        return this;
    }

    public Er7Writer Subcomponent(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, subcomponent);
        subcomponent = number;
        return this;
    }

    /// <summary>Writes text, with its delimiters and line ends escaped.</summary>
    public Er7Writer Text(string text)
    {
        if (text.Length == 0) return this;
        Flush();
        Escaping.Write(text, delimiters, output);
        return this;
    }

    /// <summary>Writes two quotation marks: the receiver is to delete what it knows.</summary>
    public Er7Writer Null() => Raw("\"\""u8);

    /// <summary>Writes bytes that are ER7 in these delimiters already, in UTF-8.</summary>
    public Er7Writer Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) return this;
        Flush();
        output.Write(bytes);
        return this;
    }

    /// <summary>The message in UTF-8 (or whatever the raw parts were in).</summary>
    public byte[] ToBytes()
    {
        EndSegment();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The message in a receiver's character set; CharacterSetContradicted where that lacks a character.</summary>
    public Result<byte[]> ToBytes(CharacterSet characterSet)
    {
        byte[] bytes = ToBytes();
        if (Ascii.IsValid(bytes) || characterSet.IsUtf8) return bytes;
        return characterSet.TryEncode(Encoding.UTF8.GetString(bytes)) is { } encoded
            ? encoded
            : new Rejection(RejectionCode.CharacterSetContradicted, $"The message has characters that {characterSet.Code} lacks");
    }

    private void EndSegment()
    {
        if (output.WrittenCount > 0 && output.WrittenSpan[^1] != '\r') output.Write("\r"u8);
    }

    private void Restart() => component = subcomponent = writtenComponent = writtenSubcomponent = 1;

    private void Flush()
    {
        if (writtenField < field)
        {
            Fill(delimiters.Field, field - writtenField);
            writtenField = field;
            writtenComponent = writtenSubcomponent = 1;
        }
        if (writtenComponent < component)
        {
            Fill(delimiters.Component, component - writtenComponent);
            writtenComponent = component;
            writtenSubcomponent = 1;
        }
        Fill(delimiters.Subcomponent, subcomponent - writtenSubcomponent);
        writtenSubcomponent = subcomponent;
    }

    private void Fill(byte delimiter, int times)
    {
        if (times == 0) return;
        output.GetSpan(times)[..times].Fill(delimiter);
        output.Advance(times);
    }
}
