using System.Buffers;
using System.Buffers.Binary;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Writing;

/// <summary>Preamble, prefix and group 0002 (PS3.10-2024 section 7.1).</summary>
internal static class FileMetaBytes
{
    /// <summary>(0002,0012): this implementation. A UID made of a UUID (PS3.5-2024 B.2), once and for all.</summary>
    private const string ImplementationClassUid = "2.25.152371046298130942771605921384712840613";

    private const string ImplementationVersionName = "EHEALTHPLUS";

    public static byte[] Write(string sopClassUid, string sopInstanceUid, string transferSyntaxUid)
    {
        var group = new ArrayBufferWriter<byte>(256);
        Element(group, 0x00020001, Vr.OB, [0, 1]);
        Element(group, 0x00020002, Vr.UI, Bytes(sopClassUid, '\0'));
        Element(group, 0x00020003, Vr.UI, Bytes(sopInstanceUid, '\0'));
        Element(group, 0x00020010, Vr.UI, Bytes(transferSyntaxUid, '\0'));
        Element(group, 0x00020012, Vr.UI, Bytes(ImplementationClassUid, '\0'));
        Element(group, 0x00020013, Vr.SH, Bytes(ImplementationVersionName, ' '));

        var file = new ArrayBufferWriter<byte>(group.WrittenCount + 144);
        file.Write(new byte[128]);
        file.Write("DICM"u8);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, group.WrittenCount);
        Element(file, 0x00020000, Vr.UL, length);
        file.Write(group.WrittenSpan);
        return file.WrittenSpan.ToArray();
    }

    private static void Element(IBufferWriter<byte> output, uint tag, Vr vr, ReadOnlySpan<byte> value)
    {
        HeaderBytes.Element(output, tag, vr, value.Length, implicitVr: false, bigEndian: false);
        output.Write(value);
    }

    private static byte[] Bytes(string text, char padding) =>
        System.Text.Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + padding);
}
