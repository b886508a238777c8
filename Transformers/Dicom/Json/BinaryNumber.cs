using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Json;

/// <summary>One number or tag of a binary value (PS3.5-2024 6.2).</summary>
internal static class BinaryNumber
{
    /// <param name="bytes">Just those of the number.</param>
    public static void Write(Utf8JsonWriter writer, Vr vr, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        switch (vr)
        {
            case Vr.AT:
                writer.WriteStringValue(Tag(bytes, bigEndian).ToString("X8", CultureInfo.InvariantCulture));
                break;
            case Vr.FL:
                float single = BitConverter.UInt32BitsToSingle((uint)Unsigned(bytes, bigEndian));
                if (float.IsFinite(single)) writer.WriteNumberValue(single);
                else writer.WriteStringValue(NotFinite(single));
                break;
            case Vr.FD:
                double number = BitConverter.UInt64BitsToDouble(Unsigned(bytes, bigEndian));
                if (double.IsFinite(number)) writer.WriteNumberValue(number);
                else writer.WriteStringValue(NotFinite(number));
                break;
            case Vr.SS or Vr.SL or Vr.SV:
                writer.WriteNumberValue(Signed(bytes, bigEndian));
                break;
            default:
                writer.WriteNumberValue(Unsigned(bytes, bigEndian));
                break;
        }
    }

    /// <summary>As text for people.</summary>
    public static string Text(Vr vr, ReadOnlySpan<byte> bytes, bool bigEndian) => vr switch
    {
        Vr.AT => Tag(bytes, bigEndian).ToString("X8", CultureInfo.InvariantCulture),
        Vr.FL => BitConverter.UInt32BitsToSingle((uint)Unsigned(bytes, bigEndian)).ToString(CultureInfo.InvariantCulture),
        Vr.FD => BitConverter.UInt64BitsToDouble(Unsigned(bytes, bigEndian)).ToString(CultureInfo.InvariantCulture),
        Vr.SS or Vr.SL or Vr.SV => Signed(bytes, bigEndian).ToString(CultureInfo.InvariantCulture),
        _ => Unsigned(bytes, bigEndian).ToString(CultureInfo.InvariantCulture),
    };

    public static ulong Unsigned(ReadOnlySpan<byte> bytes, bool bigEndian) => bytes.Length switch
    {
        2 => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        8 => bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        _ => 0,
    };

    private static long Signed(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        int unused = 64 - (bytes.Length * 8);
        return (long)(Unsigned(bytes, bigEndian) << unused) >> unused;
    }

    private static uint Tag(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        ((uint)Unsigned(bytes[..2], bigEndian) << 16) | (uint)Unsigned(bytes[2..], bigEndian);

    // PS3.18-2024 table F.2.3-1, note on numbers that JSON cannot write.
    private static string NotFinite(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "inf" : "-inf";
}
