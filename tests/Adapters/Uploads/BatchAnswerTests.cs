using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Uploads;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>The answer file: one acknowledgement for each message, and what is wrong with the file as such.</summary>
public sealed class BatchAnswerTests : IAsyncDisposable
{
    private readonly FeedsUnderTest feeds = new();

    public ValueTask DisposeAsync() => feeds.DisposeAsync();

    [Fact]
    public async Task Each_batch_is_answered_by_a_batch()
    {
        await feeds.StartAsync();
        feeds.Intake.OnReceive = message => Task.FromResult(
            ScriptedIntake.ControlId(message) == "2" ? ScriptedIntake.Original("AE", message, 402) : ScriptedIntake.Original("AA", message));

        feeds.Drop("day.hl7", $"FHS|^~\\&|LIS|LAB|EHR|HUB|2026||day.hl7||F7\rBHS|^~\\&|LIS|LAB|EHR|HUB|2026||||B1\r{Of("1", "2")}BTS|2\rBHS|^~\\&|LIS|LAB|EHR|HUB|2026||||B2\r{Of("3")}BTS|1\rFTS|2\r");

        var answer = (await feeds.AnswerAsync("day.hl7")).Split('\r');
        Assert.Equal(
            ["FHS", "BHS", "MSH", "MSA", "MSH", "MSA", "ERR", "BTS", "BHS", "MSH", "MSA", "BTS", "FTS", ""],
            answer.Select(line => line.Length < 3 ? line : line[..3]));
        Assert.Equal(["EHR", "HUB", "LIS", "LAB"], answer[0].Split('|')[2..6]);
        Assert.Equal("F7", answer[0].Split('|')[11]);
        Assert.Equal(["B1", "B2"], answer.Where(line => line.StartsWith("BHS", StringComparison.Ordinal)).Select(line => line.Split('|')[11]));
        Assert.Equal("BTS|2|2 answers, 1 of them refusals", answer[7]);
        Assert.Equal("FTS|2|3 messages, 2 accepted, 1 refused", answer[12]);
        Assert.True(File.Exists(Path.Combine(feeds.Folder("done"), "day.hl7")));
        Assert.Contains("402        1  The identity card number fails its check digit (first: message 2, MSH-10 2)", await File.ReadAllTextAsync(Path.Combine(feeds.Folder("answers"), "day.hl7.txt")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BHS|^~\\&|LIS\r{0}BTS|9\r", RejectionCode.BatchCountMismatch, "BTS-1 of batch 1 says 9 messages; it holds 2", 2)]
    [InlineData("FHS|^~\\&|LIS\rBHS|^~\\&|LIS\r{0}BTS|2\rFTS|3\r", RejectionCode.BatchCountMismatch, "FTS-1 says 3 batches; the file holds 1", 2)]
    [InlineData("BHS|^~\\&|LIS\r{0}BTS|two\r", RejectionCode.BatchStructureInvalid, "BTS-1 is no number", 2)]
    [InlineData("{0}BTS|2\r", RejectionCode.BatchStructureInvalid, "BTS stands in the file without a BHS", 2)]
    [InlineData("FHS|^~\\&|LIS\rBHS|^~\\&|LIS\r{0}BTS|2\r", RejectionCode.BatchIncomplete, "ends before its trailer", 2)]
    [InlineData("BHS|^~\\&|LIS\r{0}", RejectionCode.BatchIncomplete, "ends before its trailer", 1)]
    [InlineData("hello\r{0}", RejectionCode.BatchStructureInvalid, "The file begins with lines that belong to no message", 2)]
    [InlineData("BHS|^~\\&|LIS\r{0}BTS|2\rhello\r", RejectionCode.BatchStructureInvalid, "Lines behind message 2 of the file belong to no message", 2)]
    public async Task A_file_that_is_not_in_order_says_so_and_its_messages_are_decided(string file, RejectionCode code, string detail, int accepted)
    {
        await feeds.StartAsync();

        feeds.Drop("odd.hl7", string.Format(System.Globalization.CultureInfo.InvariantCulture, file, Of("1", "2")));

        var trailer = (await feeds.AnswerAsync("odd.hl7")).Split('\r')[^2];
        Assert.StartsWith("FTS|", trailer, StringComparison.Ordinal);
        Assert.Contains($"{(int)code} {code}", trailer, StringComparison.Ordinal);
        Assert.Contains(detail, trailer, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(feeds.Folder("refused"), "odd.hl7")));
        var upload = Assert.Single(feeds.Uploads.List(null, 10));
        Assert.Equal((UploadState.Refused, code, accepted), (upload.State, upload.Rejection!.Code, (int)upload.Counts.Accepted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("BHS|^~\\&|LIS\rBTS|0\r")]
    public async Task A_file_without_a_message_is_refused(string file)
    {
        await feeds.StartAsync();

        feeds.Drop("empty.hl7", file);

        Assert.Contains("124 UploadEmpty", await feeds.AnswerAsync("empty.hl7"), StringComparison.Ordinal);
        Assert.Empty(feeds.Intake.Received);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_and_the_next_one_taken()
    {
        feeds.Options = feeds.Options with { MaxMessageBytes = 100_000 };
        await feeds.StartAsync();

        feeds.Drop("long.hl7", $"{Of("1")}NTE|1||{new string('x', 150_000)}\r{Of("2")}");

        var answer = await feeds.AnswerAsync("long.hl7");
        Assert.Contains("MSA|AR|1", answer, StringComparison.Ordinal);
        Assert.Contains("MSA|AA|2", answer, StringComparison.Ordinal);
        Assert.Equal(RejectionCode.FrameTooLarge, Assert.Single(feeds.Intake.Refused).Code);
    }

    [Fact]
    public async Task Enhanced_mode_gives_both_answers_and_no_answer_is_counted_apart()
    {
        await feeds.StartAsync();
        feeds.Intake.OnReceive = message => Task.FromResult(
            ScriptedIntake.ControlId(message) == "1"
                ? new IntakeAnswer(ScriptedIntake.Answer("CA", message), Task.FromResult<ReadOnlyMemory<byte>?>(ScriptedIntake.Answer("AA", message)))
                : new IntakeAnswer(null, Task.FromResult<ReadOnlyMemory<byte>?>(null)));

        feeds.Drop("modes.hl7", Of("1", "2"));

        var answer = await feeds.AnswerAsync("modes.hl7");
        Assert.Matches("MSA.CA.1\r(.|\r)*MSA.AA.1\r(.|\r)*BTS.2.", answer);
        Assert.Equal(new UploadCounts(1, 2, 1, 0, 1), Assert.Single(feeds.Uploads.List(null, 10)).Counts);
    }

    [Fact]
    public async Task The_channel_names_its_source_to_the_intake()
    {
        await feeds.StartAsync("lab", "his");

        feeds.Drop("one.hl7", Of("1"), "his");

        await feeds.AnswerAsync("one.hl7", "his");
        Assert.Equal("his", Assert.Single(feeds.Intake.Peers).SourceId);
    }

    private static string Of(params string[] controlIds) => string.Concat(controlIds.Select(ScriptedIntake.Message));
}
