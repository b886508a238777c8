using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>The test files of pydicom, as Debian's python3-pydicom has them.</summary>
internal static class TestFiles
{
    /// <summary>The files that cannot be read to their end, each with the reason that it is refused with.</summary>
    public static readonly IReadOnlyDictionary<string, RejectionCode> Unreadable = new Dictionary<string, RejectionCode>(StringComparer.Ordinal)
    {
        // A blank before the first element.
        ["test_files/no_meta.dcm"] = RejectionCode.DataSetInvalid,
        // Implicit elements in a file that says explicit.
        ["test_files/SC_rgb_jpeg.dcm"] = RejectionCode.DataSetInvalid,
        // Its first element is (0001,0001), and no meta information says how it is encoded.
        ["test_files/meta_missing_tsyntax.dcm"] = RejectionCode.DataSetInvalid,
        // Its last item is longer than the sequence.
        ["test_files/dicomdirtests/DICOMDIR-nooffset"] = RejectionCode.DataSetInvalid,
        ["test_files/MR_truncated.dcm"] = RejectionCode.DataSetTruncated,
        ["test_files/rtplan_truncated.dcm"] = RejectionCode.DataSetTruncated,
    };

    public const string Folder = "/usr/lib/python3/dist-packages/pydicom/data";

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    /// <summary>Paths under <see cref="Folder"/>, without the notes that lie between.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not (".txt" or ".md" or ".dump" or ".json" or ".gz" or ".py" or ".pyc") && Path.GetFileName(file) != "README")
            .Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal),
    ];

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
