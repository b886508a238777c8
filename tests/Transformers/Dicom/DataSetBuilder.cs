using System.Buffers.Binary;
using System.Text;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>Makes data sets element by element, right or wrong, independent of the code under test.</summary>
internal sealed class DataSetBuilder(bool implicitVr = false, bool bigEndian = false)
{
    private readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    /// <summary>What every instance must say, of a plainly synthetic patient.</summary>
    public static DataSetBuilder Instance(string name = "TESTPATIENT^TAI MAN", bool implicitVr = false, bool bigEndian = false, string? characterSet = null)
    {
        var builder = new DataSetBuilder(implicitVr, bigEndian);
        if (characterSet is not null) builder.Text(0x00080005, "CS", characterSet);
        return builder.Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").Text(0x00080018, "UI", "2.25.1001").Text(0x00080020, "DA", "20260301")
            .Text(0x00080050, "SH", "ACC1").Text(0x00080060, "CS", "CT").Element(0x00100010, "PN", Encoding.UTF8.GetBytes(name))
            .Text(0x00100020, "LO", "A123456(3)").Text(0x00100030, "DA", "19700101").Text(0x00100040, "CS", "M")
            .Text(0x0020000D, "UI", "2.25.1").Text(0x0020000E, "UI", "2.25.11").Text(0x00200011, "IS", "2").Text(0x00200013, "IS", "7");
    }

    public DataSetBuilder Text(uint tag, string vr, string text) => Element(tag, vr, Encoding.ASCII.GetBytes(text));

    public DataSetBuilder Word(uint tag, ushort value) => Header(tag, "US", 2).Number(value, 2);

    public DataSetBuilder Element(uint tag, string vr, byte[] value)
    {
        byte[] even = value.Length % 2 == 0 ? value : [.. value, vr is "UI" or "OB" or "UN" ? (byte)0 : (byte)' '];
        return Header(tag, vr, (uint)even.Length).Raw(even);
    }

    public DataSetBuilder Header(uint tag, string vr, uint length)
    {
        Tag(tag);
        if (implicitVr) return Number(length, 4);
        Raw(Encoding.ASCII.GetBytes(vr));
        return vr is "OB" or "OW" or "SQ" or "UN" or "UT" or "OV" or "SV" or "UV" or "UC" or "UR" or "OL" or "OD" or "OF"
            ? Number(0, 2).Number(length, 4) : Number(length, 2);
    }

    public DataSetBuilder Item(uint length = 0xFFFFFFFF) => Tag(0xFFFEE000).Number(length, 4);

    public DataSetBuilder ItemEnd() => Tag(0xFFFEE00D).Number(0, 4);

    public DataSetBuilder SequenceEnd() => Tag(0xFFFEE0DD).Number(0, 4);

    public DataSetBuilder Raw(params byte[] more)
    {
        bytes.AddRange(more);
        return this;
    }

    private DataSetBuilder Tag(uint tag) => Number(tag >> 16, 2).Number(tag & 0xFFFF, 2);

    private DataSetBuilder Number(uint value, int size)
    {
        byte[] four = new byte[4];
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(four, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        return Raw(bigEndian ? four[(4 - size)..] : four[..size]);
    }
}
