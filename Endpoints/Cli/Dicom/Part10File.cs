using System.Buffers.Binary;
using System.Text;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>A DICOM file that is to be sent: what its meta information says of it (PS3.10-2024 section 7.1).</summary>
/// <param name="DataSetOffset">Where the data set begins. In bytes.</param>
public sealed record Part10File(string Path, InstanceKind Kind, string SopInstanceUid, int DataSetOffset)
{
    private const int PrefixEnd = 132;

    public long DataSetLength => new FileInfo(Path).Length - DataSetOffset;

    /// <summary>All files of the paths: files themselves, and those in folders.</summary>
    public static IEnumerable<string> In(IEnumerable<string> paths) => paths.SelectMany<string, string>(path =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path]);

    /// <returns>Rejection FileMetaInvalid for a file without meta information: nothing says then what it is sent as.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Result<Part10File> Read(string path)
    {
        var start = new byte[16 * 1024];
        using var file = File.OpenRead(path);
        var held = start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        if (held.Length < PrefixEnd || !held.Slice(PrefixEnd - 4, 4).SequenceEqual("DICM"u8)) return Invalid("no DICOM file: the prefix DICM is missing");
        var (sopClass, instance, syntax, at) = ("", "", "", PrefixEnd);
        while (at + 12 <= held.Length && BinaryPrimitives.ReadUInt16LittleEndian(held[at..]) == 2)
        {
            var element = BinaryPrimitives.ReadUInt16LittleEndian(held[(at + 2)..]);
            var wide = held.Slice(at + 4, 2).SequenceEqual("OB"u8) || held.Slice(at + 4, 2).SequenceEqual("UN"u8);
            var length = wide ? BinaryPrimitives.ReadUInt32LittleEndian(held[(at + 8)..]) : BinaryPrimitives.ReadUInt16LittleEndian(held[(at + 6)..]);
            at += wide ? 12 : 8;
            if (length > held.Length - at) return Invalid("its meta information is cut off, or longer than usual");
            var value = Encoding.ASCII.GetString(held.Slice(at, (int)length).TrimEnd("\0 "u8));
            at += (int)length;
            if (element == 0x0002) sopClass = value;
            if (element == 0x0003) instance = value;
            if (element == 0x0010) syntax = value;
        }

        return sopClass.Length == 0 || instance.Length == 0 || syntax.Length == 0
            ? Invalid("its meta information does not say SOP class, instance and transfer syntax")
            : new Part10File(path, new(sopClass, syntax), instance, at);

        Rejection Invalid(string what) => new(RejectionCode.FileMetaInvalid, what);
    }

    /// <summary>The data set, without what stands before it.</summary>
    public FileStream OpenDataSet()
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        file.Position = DataSetOffset;
        return file;
    }
}
