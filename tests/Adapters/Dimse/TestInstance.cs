using System.Text;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>Small synthetic instances, explicit VR little endian.</summary>
public static class TestInstance
{
    public const string CtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    public const string SecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

    /// <summary>Data set without file meta information.</summary>
    public static byte[] DataSet(string sopInstanceUid, int pixelBytes, string sopClassUid = CtImageStorage)
    {
        var bytes = Head(sopInstanceUid, sopClassUid);
        bytes.Write([0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0]);
        bytes.Write(BitConverter.GetBytes(pixelBytes));
        bytes.Write(Pixels(pixelBytes));
        return bytes.ToArray();
    }

    /// <summary>Data set with one frame in one fragment (PS3.5-2024 A.4).</summary>
    public static byte[] Encapsulated(string sopInstanceUid, int fragmentBytes)
    {
        var even = fragmentBytes + (fragmentBytes % 2);
        var bytes = Head(sopInstanceUid, CtImageStorage);
        bytes.Write([0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        bytes.Write([0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0, 0xFE, 0xFF, 0x00, 0xE0]);
        bytes.Write(BitConverter.GetBytes(even));
        bytes.Write(Pixels(even));
        bytes.Write([0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]);
        return bytes.ToArray();
    }

    private static byte[] Pixels(int length)
    {
        var pixels = new byte[length];
        new Random(length).NextBytes(pixels);
        return pixels;
    }

    private static MemoryStream Head(string sopInstanceUid, string sopClassUid)
    {
        var bytes = new MemoryStream();
        Element(bytes, 0x0008, 0x0016, "UI", sopClassUid);
        Element(bytes, 0x0008, 0x0018, "UI", sopInstanceUid);
        Element(bytes, 0x0010, 0x0010, "PN", "SYNTHETIC^TESTPATIENT");
        Element(bytes, 0x0010, 0x0020, "LO", "A123456(3)");
        Element(bytes, 0x0020, 0x000D, "UI", Fakes.FolderOfInstances.StudyOf(sopInstanceUid));
        Element(bytes, 0x0020, 0x000E, "UI", Fakes.FolderOfInstances.StudyOf(sopInstanceUid) + ".1");
        return bytes;
    }

    /// <summary>A Part 10 file around a data set.</summary>
    public static byte[] File(byte[] dataSet, string sopInstanceUid, string transferSyntaxUid = "1.2.840.10008.1.2.1", string sopClassUid = CtImageStorage)
    {
        var meta = new MemoryStream();
        meta.Write([0x02, 0x00, 0x01, 0x00, (byte)'O', (byte)'B', 0, 0, 2, 0, 0, 0, 0, 1]);
        Element(meta, 0x0002, 0x0002, "UI", sopClassUid);
        Element(meta, 0x0002, 0x0003, "UI", sopInstanceUid);
        Element(meta, 0x0002, 0x0010, "UI", transferSyntaxUid);
        Element(meta, 0x0002, 0x0012, "UI", "2.25.1");
        var file = new MemoryStream();
        file.Write(new byte[128]);
        file.Write("DICM"u8);
        file.Write([0x02, 0x00, 0x00, 0x00, (byte)'U', (byte)'L', 4, 0, .. BitConverter.GetBytes((int)meta.Length)]);
        file.Write(meta.ToArray());
        file.Write(dataSet);
        return file.ToArray();
    }

    private static void Element(MemoryStream into, ushort group, ushort element, string vr, string value)
    {
        var text = Encoding.ASCII.GetBytes(value.Length % 2 == 0 ? value : value + (vr == "UI" ? '\0' : ' '));
        into.Write([(byte)group, (byte)(group >> 8), (byte)element, (byte)(element >> 8), (byte)vr[0], (byte)vr[1], (byte)text.Length, (byte)(text.Length >> 8)]);
        into.Write(text);
    }
}
