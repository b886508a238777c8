using System.Buffers.Binary;
using System.Text;
using BenchmarkDotNet.Attributes;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Transformers.Dicom.Scanning;

namespace EHealthPlus.Tests.Benchmarks;

/// <summary>What it costs to read off a CT image of 512 x 512 what it is filed and found by, while it comes in parts of 64 KiB.</summary>
public class DataSetBenchmark
{
    private const int Part = 64 * 1024;

    private readonly InstanceScanner scanner = new();
    private readonly byte[] image = Image();

    [Benchmark(Description = "CT of 525 KB, scanned")]
    public InstanceSummary Scan()
    {
        using IInstanceScan scan = scanner.Begin("1.2.840.10008.1.2.1", null).Value;
        for (int at = 0; at < image.Length; at += Part) scan.Feed(image.AsSpan(at, Math.Min(Part, image.Length - at)));
        return scan.Complete().Value;
    }

    // As a scanner sends it: the attributes that are indexed, and twice as many that are not.
    private static byte[] Image()
    {
        (uint Tag, string Vr, string Value)[] elements =
        [
            (0x00080005, "CS", "ISO_IR 192"), (0x00080008, "CS", @"ORIGINAL\PRIMARY\AXIAL"), (0x00080012, "DA", "20260301"), (0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"),
            (0x00080018, "UI", "2.25.100200300400500600700800900"), (0x00080020, "DA", "20260301"), (0x00080021, "DA", "20260301"), (0x00080022, "DA", "20260301"),
            (0x00080023, "DA", "20260301"), (0x00080030, "TM", "101500.120"), (0x00080031, "TM", "101520.480"), (0x00080032, "TM", "101530.120"), (0x00080050, "SH", "ACC2026030100"),
            (0x00080060, "CS", "CT"), (0x00080070, "LO", "SYNTHETIC"), (0x00080080, "LO", "SYNTHETIC HOSPITAL"), (0x00080090, "PN", "SYNTHETIC^REFERRER"), (0x00081010, "SH", "CT1"),
            (0x00081030, "LO", "CT THORAX"), (0x0008103E, "LO", "AXIAL 1 MM"), (0x00081090, "LO", "MODEL"), (0x00100010, "PN", "TESTPATIENT^TAI MAN=測試^大文"), (0x00100020, "LO", "A123456(3)"),
            (0x00100030, "DA", "19700101"), (0x00100040, "CS", "M"), (0x00101010, "AS", "056Y"), (0x00180015, "CS", "CHEST"), (0x00180050, "DS", "1.00"), (0x00180060, "DS", "120"),
            (0x00181030, "LO", "THORAX ROUTINE"), (0x00185100, "CS", "HFS"), (0x0020000D, "UI", "2.25.100200300400500600700800901"), (0x0020000E, "UI", "2.25.100200300400500600700800902"),
            (0x00200010, "SH", "1"), (0x00200011, "IS", "2"), (0x00200013, "IS", "117"), (0x00200032, "DS", @"-170.5\-170.5\-117.0"), (0x00200037, "DS", @"1\0\0\0\1\0"),
            (0x00200052, "UI", "2.25.100200300400500600700800903"), (0x00201041, "DS", "-117.0"), (0x00280004, "CS", "MONOCHROME2"), (0x00280030, "DS", @"0.666\0.666"),
            (0x00281050, "DS", "40"), (0x00281051, "DS", "400"), (0x00281052, "DS", "-1024"), (0x00281053, "DS", "1"),
        ];
        var bytes = new List<byte>(530_000);
        foreach (var (tag, vr, value) in elements)
        {
            Add(bytes, tag, vr, value);
            Add(bytes, (tag & 0xFFFF0000) | 0xF000 | (tag & 0xFF), "DS", "12.345");
            Add(bytes, (tag & 0xFFFF0000) | 0xF100 | (tag & 0xFF), "LO", "NOT INDEXED");
        }
        Add(bytes, 0x7FE00010, "OW", new string('\0', 512 * 512 * 2));
        return [.. bytes];
    }

    private static void Add(List<byte> bytes, uint tag, string vr, string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value.Length == 0 || Encoding.UTF8.GetByteCount(value) % 2 == 0 ? value : value + " ");
        byte[] header = new byte[vr == "OW" ? 12 : 8];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)tag);
        Encoding.ASCII.GetBytes(vr, header.AsSpan(4));
        if (vr == "OW") BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), text.Length);
        else BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), (ushort)text.Length);
        bytes.AddRange(header);
        bytes.AddRange(text);
    }
}
