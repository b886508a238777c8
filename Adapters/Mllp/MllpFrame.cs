using System.Buffers;

namespace EHealthPlus.Adapters.Mllp;

/// <summary>The frame of the Minimal Lower Layer Protocol, release 1 (HL7 v2 Transport Specification: MLLP): VT, message, FS, CR.</summary>
public static class MllpFrame
{
    public const byte StartBlock = 0x0B;
    public const byte EndBlock = 0x1C;
    public const byte CarriageReturn = 0x0D;

    /// <summary>Writes one message with its frame. Does not flush.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> message)
    {
        var target = output.GetSpan(1);
        target[0] = StartBlock;
        output.Advance(1);
        output.Write(message);
        target = output.GetSpan(2);
        target[0] = EndBlock;
        target[1] = CarriageReturn;
        output.Advance(2);
    }
}
