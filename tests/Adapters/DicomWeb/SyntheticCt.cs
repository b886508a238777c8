using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>
/// Writes CT instances of a phantom: 512x512, 16 bits, explicit little endian: an ellipse of water in air, with a spine, ribs and one bright spot that
/// wanders from slice to slice. The patient is plainly synthetic.
/// </summary>
internal static class SyntheticCt
{
    public const string SopClass = "1.2.840.10008.5.1.4.1.1.2";
    public const string PatientName = "TESTPATIENT^CHEST=測試^病人=";
    public const int Rows = 512;

    private const string Root = "1.2.826.0.1.3680043.10.1499";

    public static string Study(int number) => $"{Root}.{number}";

    public static InstanceKey Key(int study, int series, int slice) => new(Study(study), $"{Root}.{study}.{series}", $"{Root}.{study}.{series}.{slice}");

    /// <param name="frames">More than one makes it a multi-frame instance.</param>
    public static byte[] DataSet(InstanceKey key, int slice, int slices, int frames = 1, string date = "20260110", string description = "CT CHEST", string patientId = "SYN-0001", string patientName = PatientName, string birthDate = "19700101")
    {
        using var stream = new MemoryStream();
        Text(stream, 0x00080005, "CS", "ISO_IR 192");
        Text(stream, 0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
        Text(stream, 0x00080016, "UI", SopClass);
        Text(stream, 0x00080018, "UI", key.SopInstanceUid);
        Text(stream, 0x00080020, "DA", date);
        Text(stream, 0x00080030, "TM", "101500");
        Text(stream, 0x00080050, "SH", "ACC-1");
        Text(stream, 0x00080060, "CS", "CT");
        Text(stream, 0x00081030, "LO", description);
        Text(stream, 0x0008103E, "LO", "胸部 AXIAL");
        Text(stream, 0x00100010, "PN", patientName);
        Text(stream, 0x00100020, "LO", patientId);
        Text(stream, 0x00100030, "DA", birthDate);
        Text(stream, 0x00100040, "CS", "F");
        Text(stream, 0x00180050, "DS", "1.25");
        Text(stream, 0x0020000D, "UI", key.StudyInstanceUid);
        Text(stream, 0x0020000E, "UI", key.SeriesInstanceUid);
        Text(stream, 0x00200011, "IS", "2");
        Text(stream, 0x00200013, "IS", slice.ToString(CultureInfo.InvariantCulture));
        Text(stream, 0x00200032, "DS", $"-200\\-200\\{(slice * 1.25).ToString(CultureInfo.InvariantCulture)}");
        Text(stream, 0x00200037, "DS", "1\\0\\0\\0\\1\\0");
        Text(stream, 0x00200052, "UI", key.StudyInstanceUid + ".9");
        Number(stream, 0x00280002, 1);
        Text(stream, 0x00280004, "CS", "MONOCHROME2");
        if (frames > 1) Text(stream, 0x00280008, "IS", frames.ToString(CultureInfo.InvariantCulture));
        Number(stream, 0x00280010, Rows);
        Number(stream, 0x00280011, Rows);
        Text(stream, 0x00280030, "DS", "0.78125\\0.78125");
        Number(stream, 0x00280100, 16);
        Number(stream, 0x00280101, 16);
        Number(stream, 0x00280102, 15);
        Number(stream, 0x00280103, 0);
        Text(stream, 0x00281050, "DS", "40");
        Text(stream, 0x00281051, "DS", "400");
        Text(stream, 0x00281052, "DS", "-1024");
        Text(stream, 0x00281053, "DS", "1");
        Head(stream, 0x7FE00010, "OW", Rows * Rows * 2 * frames);
        for (var frame = 0; frame < frames; frame++) stream.Write(Pixels(slice + frame, Math.Max(slices, frames)));
        return stream.ToArray();
    }

    /// <summary>The same study as baseline JPEG, a fragment a frame; the fragments are no pictures, only bytes that tell them apart.</summary>
    public static byte[] Encapsulated(InstanceKey key, params byte[][] fragments)
    {
        using var stream = new MemoryStream();
        Text(stream, 0x00080016, "UI", SopClass);
        Text(stream, 0x00080018, "UI", key.SopInstanceUid);
        Text(stream, 0x0020000D, "UI", key.StudyInstanceUid);
        Text(stream, 0x0020000E, "UI", key.SeriesInstanceUid);
        Head(stream, 0x7FE00010, "OB", -1);
        foreach (var fragment in fragments.Prepend([]))
        {
            Tag(stream, 0xFFFEE000);
            stream.Write(BitConverter.GetBytes(fragment.Length));
            stream.Write(fragment);
        }

        Tag(stream, 0xFFFEE0DD);
        stream.Write(new byte[4]);
        return stream.ToArray();
    }

    /// <summary>A file in a data set; one of odd length has a zero behind it.</summary>
    public static byte[] Document(InstanceKey key, string sopClass, byte[] file)
    {
        using var stream = new MemoryStream();
        Text(stream, 0x00080016, "UI", sopClass);
        Text(stream, 0x00080018, "UI", key.SopInstanceUid);
        Text(stream, 0x0020000D, "UI", key.StudyInstanceUid);
        Text(stream, 0x0020000E, "UI", key.SeriesInstanceUid);
        Head(stream, 0x00420011, "OB", file.Length + (file.Length % 2));
        stream.Write(file);
        if (file.Length % 2 == 1) stream.WriteByte(0);
        return stream.ToArray();
    }

    /// <summary>Preamble, prefix and group 0002.</summary>
    public static byte[] FileMeta(string sopClass, string sopInstance, string transferSyntax)
    {
        using var group = new MemoryStream();
        Text(group, 0x00020002, "UI", sopClass);
        Text(group, 0x00020003, "UI", sopInstance);
        Text(group, 0x00020010, "UI", transferSyntax);
        using var stream = new MemoryStream();
        stream.Write(new byte[128]);
        stream.Write("DICM"u8);
        Head(stream, 0x00020000, "UL", 4);
        stream.Write(BitConverter.GetBytes((int)group.Length));
        stream.Write(group.ToArray());
        return stream.ToArray();
    }

    private static byte[] Pixels(int slice, int slices)
    {
        var pixels = new byte[Rows * Rows * 2];
        var depth = slices > 1 ? slice / (double)slices : 0.5;
        var (spotX, spotY) = (256 + (90 * Math.Cos(depth * 6)), 230 + (60 * Math.Sin(depth * 6)));
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Rows; column++)
            {
                var body = Inside(column, row, 256, 256, 190 + (30 * depth), 140 + (20 * depth));
                var value = !body ? -1000
                    : Inside(column, row, 256, 345, 22, 26) ? 700
                    : Inside(column, row, spotX, spotY, 9, 9) ? 300
                    : Inside(column, row, 180, 240, 60, 80) || Inside(column, row, 332, 240, 60, 80) ? -820
                    : !Inside(column, row, 256, 256, 176 + (30 * depth), 128 + (20 * depth)) ? -90
                    : 45;
                var noise = ((column * 73) ^ (row * 151) ^ (slice * 31)) % 17;
                BinaryPrimitives.WriteUInt16LittleEndian(pixels.AsSpan(2 * ((row * Rows) + column)), (ushort)(value + 1024 + noise));
            }
        }

        return pixels;
    }

    private static bool Inside(double x, double y, double centreX, double centreY, double radiusX, double radiusY) =>
        Math.Pow((x - centreX) / radiusX, 2) + Math.Pow((y - centreY) / radiusY, 2) <= 1;

    private static void Text(Stream stream, uint tag, string vr, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Head(stream, tag, vr, bytes.Length + (bytes.Length % 2));
        stream.Write(bytes);
        if (bytes.Length % 2 == 1) stream.WriteByte(vr == "UI" ? (byte)0 : (byte)' ');
    }

    private static void Number(Stream stream, uint tag, ushort value)
    {
        Head(stream, tag, "US", 2);
        stream.Write(BitConverter.GetBytes(value));
    }

    private static void Tag(Stream stream, uint tag)
    {
        stream.Write(BitConverter.GetBytes((ushort)(tag >> 16)));
        stream.Write(BitConverter.GetBytes((ushort)tag));
    }

    private static void Head(Stream stream, uint tag, string vr, int length)
    {
        Tag(stream, tag);
        stream.Write(Encoding.ASCII.GetBytes(vr));
        if (vr is "OW" or "OB")
        {
            stream.Write(new byte[2]);
            stream.Write(BitConverter.GetBytes(length));
        }
        else stream.Write(BitConverter.GetBytes((ushort)length));
    }
}
