using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Architecture;

/// <summary>Refusals are as good as acceptances: each code has one row, in words, for each protocol.</summary>
public class RejectionTableTest
{
    public static TheoryData<RejectionCode> Codes() => [.. Enum.GetValues<RejectionCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_says_what_it_is_on_each_protocol(RejectionCode code)
    {
        var meaning = RejectionTable.Of(code);

        Assert.Contains(meaning.Acknowledgement, new[] { "AE", "AR" });
        Assert.Matches("^(10[0-3]|20[0-7])$", meaning.Hl7Error);
        Assert.InRange(meaning.HttpStatus, 400, 599);
        Assert.NotEqual(0, meaning.DicomStatus);
        Assert.Contains(meaning.IssueType, IssueTypes);
        Assert.False(string.IsNullOrWhiteSpace(meaning.English));
        Assert.Contains(meaning.Chinese, letter => letter >= '一');
    }

    [Fact]
    public void The_numbers_told_to_senders_do_not_change()
    {
        var approved = File.ReadAllLines(Path.Combine(Solution.Root, "tests/Architecture/RejectionCodes.approved.txt"));

        Assert.Equal(approved, Enum.GetValues<RejectionCode>().Select(code => $"{(int)code} {code}"));
    }

    /// <summary>FHIR R4 value set issue-type (4.0.1).</summary>
    private static readonly string[] IssueTypes =
    [
        "invalid", "structure", "required", "value", "invariant", "security", "login", "unknown", "expired", "forbidden", "suppressed",
        "processing", "not-supported", "duplicate", "multiple-matches", "not-found", "deleted", "too-long", "code-invalid", "extension",
        "too-costly", "business-rule", "conflict", "transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled",
        "informational",
    ];
}
