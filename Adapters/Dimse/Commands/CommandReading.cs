using System.Buffers.Binary;
using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Commands;

/// <summary>Reads command sets: group 0000, implicit VR little endian (PS3.7-2024 section 6.3.1).</summary>
internal static class CommandReading
{
    private const ushort NoDataSet = 0x0101;

    /// <summary>Of a UID (PS3.5-2024 section 9.1). In bytes.</summary>
    private const int MaxText = 64;

    /// <param name="knownSopClass">That of the presentation context, so that its text is not made anew for each message.</param>
    /// <returns>Rejection CommandSetInvalid where an element is cut off, of another group, or one that each message needs is missing.</returns>
    public static Result<CommandSet> Read(ReadOnlySpan<byte> bytes, string? knownSopClass)
    {
        ushort? field = null, messageId = null, answered = null, dataSet = null, remaining = null, completed = null, failed = null, warning = null;
        var command = new CommandSet { Field = default, MessageId = 0 };
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < 8) return Invalid("An element of the command set is cut off");
            var tag = (uint)(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (tag >> 16 != 0) return Invalid("An element of another group stands in the command set");
            if (length > bytes.Length - 8) return Invalid("An element of the command set is cut off");
            var value = bytes.Slice(8, (int)length);
            bytes = bytes[(8 + (int)length)..];
            if (tag is 0x0002 or 0x0003 or 0x0600 or 0x1000 or 0x1001 or 0x1030 && length > MaxText) return Invalid("A UID or a title of the command set is too long");
            switch (tag)
            {
                case 0x0002: command = command with { AffectedSopClassUid = Uid(value, knownSopClass) }; break;
                case 0x0003: command = command with { RequestedSopClassUid = Uid(value, knownSopClass) }; break;
                case 0x0100: field = Short(value); break;
                case 0x0110: messageId = Short(value); break;
                case 0x0120: answered = Short(value); break;
                case 0x0600: command = command with { MoveDestination = Text(value) }; break;
                case 0x0700: command = command with { Priority = Short(value) }; break;
                case 0x0800: dataSet = Short(value); break;
                case 0x0900: command = command with { Status = Short(value) }; break;
                case 0x0902: command = command with { ErrorComment = Text(value) }; break;
                case 0x0903: command = command with { ErrorId = Short(value) }; break;
                case 0x1000: command = command with { AffectedSopInstanceUid = Text(value) }; break;
                case 0x1001: command = command with { RequestedSopInstanceUid = Text(value) }; break;
                case 0x1002: command = command with { EventTypeId = Short(value) }; break;
                case 0x1005: command = command with { Attributes = Tags(value) }; break;
                case 0x1008: command = command with { ActionTypeId = Short(value) }; break;
                case 0x1020: remaining = Short(value); break;
                case 0x1021: completed = Short(value); break;
                case 0x1022: failed = Short(value); break;
                case 0x1023: warning = Short(value); break;
                case 0x1030: command = command with { MoveOriginator = Text(value) }; break;
                case 0x1031: command = command with { MoveOriginatorMessageId = Short(value) }; break;
            }
        }

        if (field is not { } known || dataSet is not { } data) return Invalid("The command set has no command field, or no data set type");
        var isAnswer = (known & 0x8000) != 0;
        if ((isAnswer || known == (ushort)CommandField.CancelRequest ? answered : messageId) is not { } id) return Invalid("The command set has no message id");
        if (isAnswer && command.Status is null) return Invalid("The answer has no status");
        return command with
        {
            Field = (CommandField)(known & 0x7FFF), IsAnswer = isAnswer, MessageId = id, HasDataSet = data != NoDataSet,
            SubOperations = completed is null && failed is null && warning is null ? null : new(remaining, completed ?? 0, failed ?? 0, warning ?? 0),
        };
    }

    private static ushort? Short(ReadOnlySpan<byte> value) => value.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(value) : null;

    private static List<uint>? Tags(ReadOnlySpan<byte> value)
    {
        if (value.Length < 4) return null;
        var tags = new List<uint>(value.Length / 4);
        for (; value.Length >= 4; value = value[4..]) tags.Add(((uint)BinaryPrimitives.ReadUInt16LittleEndian(value) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(value[2..]));
        return tags;
    }

    private static string Text(ReadOnlySpan<byte> value) => Encoding.ASCII.GetString(value.Trim("\0 "u8));

    private static string Uid(ReadOnlySpan<byte> value, string? known)
    {
        var bare = value.TrimEnd("\0 "u8);
        return known is not null && Ascii.Equals(bare, known) ? known : Text(bare);
    }

    private static Rejection Invalid(string what) => new(RejectionCode.CommandSetInvalid, what);
}
