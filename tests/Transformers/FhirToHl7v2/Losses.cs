using System.Globalization;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;

namespace EHealthPlus.Tests.Transformers.FhirToHl7v2;

/// <summary>How often each field was mapped in the messages, and how often it did not come back; counted by component.</summary>
internal sealed class Losses
{
    private readonly SortedDictionary<string, (int Mapped, int Lost, string Example)> counts = new(StringComparer.Ordinal);

    /// <summary>Components of which something was lost.</summary>
    public IEnumerable<string> Fields => counts.Where(count => count.Value.Lost > 0).Select(count => count.Key);

    /// <param name="field">A component such as PID-11.2, or a field such as PID-11.</param>
    public (int Mapped, int Lost, string Example) Of(string field)
    {
        var of = counts.Where(count => count.Key == field || count.Key.StartsWith(field + ".", StringComparison.Ordinal)).Select(count => count.Value).ToList();
        return (of.Sum(count => count.Mapped), of.Sum(count => count.Lost), of.Select(count => count.Example).FirstOrDefault(example => example.Length > 0) ?? "");
    }

    /// <summary>Compares what was mapped with what stands in the message that was written. Groups may come in another order.</summary>
    public void Count(string name, ILedger forward, ILedger again)
    {
        var returned = again.Rows().ToList();
        foreach (var row in forward.Rows().Where(row => row.Disposition == LedgerDisposition.Mapped))
        {
            var found = returned.FindIndex(back => back.Value == row.Value && At(back) == At(row));
            if (found < 0) found = returned.FindIndex(back => At(back) == At(row) && Same(row, back.Value));
            if (found >= 0) returned.RemoveAt(found);
            var known = counts.GetValueOrDefault(FieldOf(row), (0, 0, ""));
            counts[FieldOf(row)] = (known.Item1 + 1, known.Item2 + (found < 0 ? 1 : 0), found < 0 && known.Item3.Length == 0 ? $"{name}: {row.Value}" : known.Item3);
        }
    }

    // As it was, but for what the ledger says was added: a zone, or seconds.
    private static bool Same(LedgerRow row, string back)
    {
        var (sent, note) = (row.Value, row.Rule ?? "");
        if (note.Contains(CarryReason.ZoneOfMessage, StringComparison.Ordinal) || note.Contains(CarryReason.ZoneOfSource, StringComparison.Ordinal)) back = WithoutZone(back);
        if (note.Contains(CarryReason.SecondsFilled, StringComparison.Ordinal)) sent = sent.Insert(ZoneAt(sent), "00");
        return sent == back;
    }

    private static string WithoutZone(string value) => value[..ZoneAt(value)];

    private static int ZoneAt(string value) => value.LastIndexOfAny(['+', '-']) is >= 0 and var zone ? zone : value.Length;

    private static (string Segment, int Field, int Component, int Subcomponent) At(LedgerRow row) => (row.Location.Segment, row.Location.Field, row.Location.Component, row.Location.Subcomponent);

    private static string FieldOf(LedgerRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Location.Segment}-{row.Location.Field}.{row.Location.Component}");
}
