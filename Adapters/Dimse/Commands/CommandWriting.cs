using System.Buffers.Binary;
using System.Text;

namespace EHealthPlus.Adapters.Dimse.Commands;

/// <summary>Writes command sets: group 0000, implicit VR little endian, elements in the order of their tags (PS3.7-2024 section 6.3.1).</summary>
internal static class CommandWriting
{
    /// <summary>Attributes that a request may name.</summary>
    public const int MostAttributes = 32;

    /// <summary>Room that any command set of ours needs at most: UIDs of 64, titles of 16, a comment of 64 characters, so many attributes. In bytes.</summary>
    public const int MaxLength = 768;

    private const ushort NoDataSet = 0x0101;
    private const ushort WithDataSet = 0x0001;
    private const int MaxComment = 64;

    /// <param name="into">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many were written.</returns>
    public static int Write(CommandSet command, Span<byte> into)
    {
        var at = 12;
        Text(into, ref at, 0x0002, command.AffectedSopClassUid, 0);
        Text(into, ref at, 0x0003, command.RequestedSopClassUid, 0);
        Short(into, ref at, 0x0100, (ushort)((ushort)command.Field | (command.IsAnswer ? 0x8000 : 0)));
        Short(into, ref at, command.IsAnswer || command.Field == CommandField.CancelRequest ? (ushort)0x0120 : (ushort)0x0110, command.MessageId);
        Text(into, ref at, 0x0600, command.MoveDestination, (byte)' ');
        Short(into, ref at, 0x0700, command.Priority);
        Short(into, ref at, 0x0800, command.HasDataSet ? WithDataSet : NoDataSet);
        Short(into, ref at, 0x0900, command.Status);
        Text(into, ref at, 0x0902, Comment(command.ErrorComment), (byte)' ');
        Short(into, ref at, 0x0903, command.ErrorId);
        Text(into, ref at, 0x1000, command.AffectedSopInstanceUid, 0);
        Text(into, ref at, 0x1001, command.RequestedSopInstanceUid, 0);
        Short(into, ref at, 0x1002, command.EventTypeId);
        Tags(into, ref at, 0x1005, command.Attributes);
        Short(into, ref at, 0x1008, command.ActionTypeId);
        if (command.SubOperations is { } counts)
        {
            Short(into, ref at, 0x1020, counts.Remaining);
            Short(into, ref at, 0x1021, counts.Completed);
            Short(into, ref at, 0x1022, counts.Failed);
            Short(into, ref at, 0x1023, counts.Warning);
        }

        Text(into, ref at, 0x1030, command.MoveOriginator, (byte)' ');
        Short(into, ref at, 0x1031, command.MoveOriginatorMessageId);

        // (0000,0000) holds the length of what follows it.
        var start = 0;
        Head(into, ref start, 0x0000, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(into[8..], (uint)(at - 12));
        return at;
    }

    /// <summary>Error Comment is an LO: 64 characters, no backslash, here of the default repertoire.</summary>
    private static string? Comment(string? text)
    {
        if (text is null) return null;
        var cut = text.Length > MaxComment ? text[..MaxComment] : text;
        return string.Create(cut.Length, cut, static (into, from) =>
        {
            for (var place = 0; place < into.Length; place++) into[place] = from[place] is >= ' ' and <= '~' and not '\\' ? from[place] : '?';
        });
    }

    private static void Short(Span<byte> into, ref int at, ushort element, ushort? value)
    {
        if (value is not { } number) return;
        Head(into, ref at, element, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(into[at..], number);
        at += 2;
    }

    private static void Tags(Span<byte> into, ref int at, ushort element, IReadOnlyList<uint>? tags)
    {
        if (tags is not { Count: > 0 and <= MostAttributes }) return;
        Head(into, ref at, element, tags.Count * 4);
        foreach (var tag in tags)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(into[at..], (ushort)(tag >> 16));
            BinaryPrimitives.WriteUInt16LittleEndian(into[(at + 2)..], (ushort)tag);
            at += 4;
        }
    }

    private static void Text(Span<byte> into, ref int at, ushort element, string? value, byte padding)
    {
        if (value is null) return;
        var even = value.Length + (value.Length % 2);
        Head(into, ref at, element, even);
        if (even > 0) into[at + even - 1] = padding;
        Encoding.ASCII.GetBytes(value, into[at..]);
        at += even;
    }

    private static void Head(Span<byte> into, ref int at, ushort element, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(into[at..], 0);
        BinaryPrimitives.WriteUInt16LittleEndian(into[(at + 2)..], element);
        BinaryPrimitives.WriteUInt32LittleEndian(into[(at + 4)..], (uint)length);
        at += 8;
    }
}
