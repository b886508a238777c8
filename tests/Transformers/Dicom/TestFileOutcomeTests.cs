using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Scanning;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>What becomes of each test file when it is sent to be filed: taken, or refused with the one reason that it has.</summary>
public class TestFileOutcomeTests
{
    // Directories, colour palettes and bare examples are no instances of a study: they lack the UIDs to be filed by.
    private static readonly string[] NoInstances =
    [
        "charset_files/chrSQEncoding.dcm", "charset_files/chrSQEncoding1.dcm", "palettes/fall.dcm", "palettes/hotiron.dcm", "palettes/hotmetalblue.dcm",
        "palettes/pet.dcm", "palettes/pet20step.dcm", "palettes/spring.dcm", "palettes/summer.dcm", "test_files/UN_sequence.dcm", "test_files/dicomdirtests/DICOMDIR",
        "test_files/dicomdirtests/DICOMDIR-bigEnd", "test_files/dicomdirtests/DICOMDIR-empty.dcm", "test_files/dicomdirtests/DICOMDIR-implicit",
        "test_files/dicomdirtests/DICOMDIR-nopatient", "test_files/dicomdirtests/DICOMDIR-reordered", "test_files/dicomdirtests/TINY_ALPHA/DICOMDIR",
        "test_files/empty_charset_LEI.dcm", "test_files/nested_priv_SQ.dcm", "test_files/no_meta_group_length.dcm", "test_files/priv_SQ.dcm",
    ];

    // An attribute stands in it twice: DCMTK warns of the same, and takes the first.
    private const string Repeated = "palettes/winter.dcm";

    public static TheoryData<string> Files() => [.. TestFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_test_file_is_taken_or_refused_with_its_reason(string file)
    {
        RejectionCode? expected = TestFiles.Unreadable.TryGetValue(file, out RejectionCode damage) ? damage
            : file == Repeated ? RejectionCode.AttributeRepeated
            : NoInstances.Contains(file) ? RejectionCode.AttributeMissing
            : null;
        using IFileScan scan = new InstanceScanner().BeginFile(null);
        scan.Feed(TestFiles.Read(file));

        Rejection? refused = scan.Complete().Rejection;

        Assert.True(refused?.Code == expected, $"{refused}");
    }

    [Fact]
    public void The_files_are_there() => Assert.True(TestFiles.All.Count > 150, $"{TestFiles.All.Count}");
}
