using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Tests.Golden.Messages;
using EHealthPlus.Transformers.FhirToHl7v2;

namespace EHealthPlus.Tests.Transformers.FhirToHl7v2;

/// <summary>
/// v2 to FHIR to v2: what the ledger says was mapped comes back in the same field with the same value, as often as it was there. What does
/// not is listed in docs/agreement/way-back.csv with how often and why; the test fails for a loss that is not there, and for a line that
/// is no longer true. EHEALTHPLUS_WAYBACK=write counts anew and adds what is newly lost, with a reason to be filled in.
/// </summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Names => [.. Messages.Select(file => file.Name)];

    private static IEnumerable<MessageFile> Messages => MessageFile.All.Where(file => FhirToHl7v2Translator.MessageCodes.Contains(CodeOf(file))).DistinctBy(file => file.Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_is_read_again(string name)
    {
        var (forward, back, again) = RoundTrip(Messages.First(file => file.Name == name));
        Assert.True(again.Mapped > 0, $"{name}: {Encoding.UTF8.GetString(back).Replace('\r', '\n')}");
        Assert.NotEmpty(forward.Rows());
    }

    [Fact]
    public void What_was_mapped_comes_back_or_is_listed_with_its_reason()
    {
        var losses = new Losses();
        foreach (var file in Messages)
        {
            var (forward, _, again) = RoundTrip(file);
            losses.Count(file.Name, forward, again);
        }

        if (Environment.GetEnvironmentVariable("EHEALTHPLUS_WAYBACK") == "write") WayBackList.Write(losses);
        var wrong = WayBackList.Read().Differences(losses);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Each_loss_has_a_reason() =>
        Assert.All(WayBackList.Read().Lines, line => Assert.True(line.Reason.Length > 10, $"{line.Field}: why does it not come back?"));

    private static (ILedger Forward, byte[] Back, ILedger Again) RoundTrip(MessageFile file)
    {
        var forward = Hospital.Translate(file.Read());
        Assert.True(forward.Accepted, $"{file.Name}: {forward.Rejection}");
        var back = FhirToHl7v2Translator.Translate(forward.Value.Bundle, new(null, null, null, null, "WAY-BACK-1", DateTimeOffset.UnixEpoch));
        Assert.True(back.Accepted, $"{file.Name}: {back.Rejection}");
        var again = Hospital.Translate(back.Value);
        Assert.True(again.Accepted, $"{file.Name}: what was written is refused: {again.Rejection}\n{Encoding.UTF8.GetString(back.Value).Replace('\r', '\n')}");
        return (forward.Value.Ledger, back.Value, again.Value.Ledger);
    }

    private static string CodeOf(MessageFile file)
    {
        var text = Encoding.Latin1.GetString(file.Read());
        var fields = text.Split('\r')[0].Split(text.Length > 3 ? text[3] : '|');
        return fields.Length > 8 ? fields[8].Split('^')[0] : "";
    }
}
