using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EHealthPlus.Endpoints.Cli.Synthetic;

/// <summary>Writes elements in explicit VR little endian (PS3.5-2024 section 7.1.2), in the order of their tags by the caller.</summary>
internal static class SyntheticElements
{
    /// <param name="value">Up to 65,534 bytes of ASCII; padded here.</param>
    public static void Text(MemoryStream into, uint tag, string vr, string value)
    {
        var text = vr == "UI" ? Even(value) : Encoding.ASCII.GetBytes(value.Length % 2 == 0 ? value : value + " ");
        Head(into, tag, vr);
        into.Write([(byte)text.Length, (byte)(text.Length >> 8)]);
        into.Write(text);
    }

    public static void Short(MemoryStream into, uint tag, ushort value)
    {
        Head(into, tag, "US");
        into.Write([2, 0, (byte)value, (byte)(value >> 8)]);
    }

    /// <summary>Value of AT, such as that of (0028,0009).</summary>
    public static void Pointer(MemoryStream into, uint tag, uint to)
    {
        Head(into, tag, "AT");
        into.Write([4, 0, (byte)(to >> 16), (byte)(to >> 24), (byte)to, (byte)(to >> 8)]);
    }

    /// <summary>(7FE0,0010), the last one.</summary>
    /// <param name="vr">OW, or OB for single bytes.</param>
    public static void Pixels(MemoryStream into, string vr, byte[] pixels)
    {
        Head(into, 0x7FE00010, vr);
        into.Write([0, 0]);
        into.Write(BitConverter.GetBytes(pixels.Length));
        into.Write(pixels);
    }

    /// <summary>Group 0010 as a plainly synthetic citizen; the benchmark's patient where it is null.</summary>
    public static void Patient(MemoryStream into, Citizen? citizen)
    {
        Text(into, 0x00100010, "PN", citizen is null ? "SYNTHETIC^TESTPATIENT" : $"{citizen.FamilyName}^{citizen.GivenName}");
        Text(into, 0x00100020, "LO", citizen is null ? "A123456(3)" : $"{citizen.DocumentNumber[..^1]}({citizen.DocumentNumber[^1]})");
        Text(into, 0x00100030, "DA", citizen?.BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "19700101");
        Text(into, 0x00100040, "CS", $"{citizen?.Sex ?? 'F'}");
    }

    public static byte[] Even(string uid) => Encoding.ASCII.GetBytes(uid.Length % 2 == 0 ? uid : uid + "\0");

    private static void Head(MemoryStream into, uint tag, string vr)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)tag);
        into.Write(head);
        into.Write([(byte)vr[0], (byte)vr[1]]);
    }
}
