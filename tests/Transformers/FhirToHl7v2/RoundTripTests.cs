using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Tests.Golden.Messages;
using EHealthPlus.Transformers.FhirToHl7v2;

namespace EHealthPlus.Tests.Transformers.FhirToHl7v2;

/// <summary>
/// v2 to FHIR to v2: what the ledger says was mapped comes back in the same field with the same value. What does not is listed field by
/// field with its reason in docs/agreement/way-back.csv, and nothing beyond it may be lost.
/// EHEALTHPLUS_WAYBACK=write adds fields that are newly lost, with a reason to be filled in.
/// </summary>
public sealed class RoundTripTests
{
    private static readonly string List = Path.GetFullPath(Path.Combine(Here(), "../../../docs/agreement/way-back.csv"));

    public static TheoryData<string> Names =>
        [.. MessageFile.All.Where(file => FhirToHl7v2Translator.MessageCodes.Any(code => CodeOf(file) == code)).Select(file => file.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_mapped_comes_back(string name)
    {
        var file = MessageFile.All.First(file => file.Name == name);
        var forward = Hospital.Translate(file.Read());
        Assert.True(forward.Accepted, $"{name}: {forward.Rejection}");
        var back = FhirToHl7v2Translator.Translate(forward.Value.Bundle, new(null, null, null, null, "WAY-BACK-1"));
        Assert.True(back.Accepted, $"{name}: {back.Rejection}");
        var again = Hospital.Translate(back.Value);
        Assert.True(again.Accepted, $"{name}: what was written is refused: {again.Rejection}\n{Encoding.UTF8.GetString(back.Value).Replace('\r', '\n')}");

        var returned = again.Value.Ledger.Rows().Select(Leaf).ToHashSet();
        var lost = forward.Value.Ledger.Rows().Where(row => row.Disposition == LedgerDisposition.Mapped && !returned.Contains(Leaf(row))).Select(FieldOf).Distinct().ToList();
        var known = File.Exists(List) ? File.ReadLines(List).Skip(1).Select(line => line.Split(',')[0]).ToHashSet() : [];
        var unexplained = lost.Where(field => !known.Contains(field)).Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("EHEALTHPLUS_WAYBACK") == "write" && unexplained.Count > 0)
        {
            lock (List) File.AppendAllLines(List, unexplained.Select(field => $"{field},"));
        }

        Assert.True(unexplained.Count == 0, $"{name}: mapped, but not written back: {string.Join(", ", unexplained)}\n{Encoding.UTF8.GetString(back.Value).Replace('\r', '\n')}");
    }

    [Fact]
    public void Each_loss_has_a_reason()
    {
        foreach (var line in File.ReadLines(List).Skip(1)) Assert.True(line.IndexOf(',', StringComparison.Ordinal) is var comma && comma > 0 && line.Length > comma + 10, line);
    }

    // A value is the same where it stands in a segment of that name: groups may come in another order. A time may come back with the zone
    // that the ledger says was added.
    private static string Leaf(LedgerRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.Location.Segment}-{row.Location.Field}.{row.Location.Component}.{row.Location.Subcomponent}={WithoutZone(row.Value)}");

    private static string FieldOf(LedgerRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Location.Segment}-{row.Location.Field}.{row.Location.Component}");

    private static string WithoutZone(string value) => value.Length > 12 && value[^5] is '+' or '-' && value[..8].All(char.IsAsciiDigit) ? value[..^5] : value;

    private static string CodeOf(MessageFile file)
    {
        var text = Encoding.Latin1.GetString(file.Read());
        var fields = text.Split('\r')[0].Split(text.Length > 3 ? text[3] : '|');
        return fields.Length > 8 ? fields[8].Split('^')[0] : "";
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
