using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Transformers.Dicom.Writing;
using static EHealthPlus.Endpoints.Cli.Synthetic.SyntheticElements;

namespace EHealthPlus.Endpoints.Cli.Synthetic;

/// <summary>CT slices of one study, explicit VR little endian, of a plainly synthetic patient. Made from a pattern, so that a benchmark is not about making them.</summary>
internal sealed class SyntheticStudy
{
    public static readonly InstanceKind Kind = new("1.2.840.10008.5.1.4.1.1.2", TransferSyntax.ExplicitLittleEndian);

    private readonly string uid;
    private readonly byte[] pattern;
    private readonly int numberAt;

    /// <param name="uid">Study instance UID.</param>
    /// <param name="pixelBytes">An even number.</param>
    /// <param name="citizen">Whom the study is of; the benchmark's patient where it is null.</param>
    public SyntheticStudy(string uid, int pixelBytes, Citizen? citizen = null)
    {
        this.uid = uid;
        var side = (ushort)Math.Sqrt(pixelBytes / 2);
        var bytes = new MemoryStream();
        Text(bytes, 0x00080016, "UI", Kind.SopClassUid);
        Text(bytes, 0x00080018, "UI", InstanceUid(0));
        numberAt = (int)bytes.Length - Even(InstanceUid(0)).Length;
        Text(bytes, 0x00080020, "DA", "20260105");
        Text(bytes, 0x00080030, "TM", "093000");
        Text(bytes, 0x00080050, "SH", citizen is null ? "BENCH" : "DEMO-CT");
        Text(bytes, 0x00080060, "CS", "CT");
        if (citizen is not null) Text(bytes, 0x00081030, "LO", "CT of a phantom");
        Patient(bytes, citizen);
        Text(bytes, 0x0020000D, "UI", uid);
        Text(bytes, 0x0020000E, "UI", $"{uid}.1");
        Text(bytes, 0x00200011, "IS", "1");
        Short(bytes, 0x00280002, 1);
        Text(bytes, 0x00280004, "CS", "MONOCHROME2");
        Short(bytes, 0x00280010, side);
        Short(bytes, 0x00280011, side);
        if (citizen is not null) Text(bytes, 0x00280030, "DS", "1.4\\1.4");
        Short(bytes, 0x00280100, 16);
        Short(bytes, 0x00280101, 12);
        Short(bytes, 0x00280102, 11);
        Short(bytes, 0x00280103, 0);
        if (citizen is not null) Windowed(bytes);
        Pixels(bytes, "OW", Phantom(side));
        pattern = bytes.ToArray();
    }

    /// <summary>A UID that nobody else has (PS3.5-2024 annex B.2), short enough for some more parts.</summary>
    public static string NewUid() => $"2.25.{new BigInteger(Guid.NewGuid().ToByteArray().AsSpan(0, 12), isUnsigned: true)}";

    public string InstanceUid(int number) => string.Create(CultureInfo.InvariantCulture, $"{uid}.1.{number + 100000}");

    public int LengthOf(int number) => DataSet(number).Length;

    /// <summary>Data set without meta information.</summary>
    public byte[] DataSet(int number)
    {
        var bytes = (byte[])pattern.Clone();
        Renumber(bytes, number);
        return bytes;
    }

    /// <summary>Makes another instance of a data set of this study, in its place.</summary>
    public void Renumber(byte[] dataSet, int number) => Encoding.ASCII.GetBytes(InstanceUid(number), dataSet.AsSpan(numberAt));

    /// <summary>Part 10 file.</summary>
    public byte[] File(int number) => [.. new DataSetWriter().FileMeta(Kind.SopClassUid, InstanceUid(number), Kind.TransferSyntaxUid), .. DataSet(number)];

    /// <summary>What turns stored values into Hounsfield units, and the window of soft tissue (PS3.3-2024 C.11.1, C.11.2).</summary>
    private static void Windowed(MemoryStream bytes)
    {
        Text(bytes, 0x00281050, "DS", "40");
        Text(bytes, 0x00281051, "DS", "400");
        Text(bytes, 0x00281052, "DS", "-1024");
        Text(bytes, 0x00281053, "DS", "1");
        Text(bytes, 0x00281054, "LO", "HU");
    }

    /// <summary>A body of water in air with a spine and two lungs, in Hounsfield units and 1024, 12 bits.</summary>
    private static byte[] Phantom(int side)
    {
        var pixels = new byte[side * side * 2];
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var (x, y) = ((2.0 * column / side) - 1, (2.0 * row / side) - 1);
                var unit = !Inside(x, y, 0, 0, 0.8, 0.6) ? -1000
                    : Inside(x, y, 0, 0.36, 0.09, 0.1) ? 700
                    : Inside(x, y, -0.35, -0.05, 0.25, 0.35) || Inside(x, y, 0.35, -0.05, 0.25, 0.35) ? -820
                    : 40;
                BinaryPrimitives.WriteUInt16LittleEndian(pixels.AsSpan(2 * ((row * side) + column)), (ushort)(unit + 1024 + (((column * 73) ^ (row * 151)) % 17)));
            }
        }

        return pixels;
    }

    private static bool Inside(double x, double y, double centreX, double centreY, double radiusX, double radiusY) =>
        Math.Pow((x - centreX) / radiusX, 2) + Math.Pow((y - centreY) / radiusY, 2) <= 1;
}
