using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Routing.Contracts.Deposits;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>One deposit in JSON, without patient data.</summary>
/// <param name="State">received, awaiting-retry, delivered, refused, quarantined.</param>
/// <param name="Rejection">Number of the rejection, where there is one.</param>
/// <param name="ElapsedSeconds">From the journal to the decision.</param>
internal sealed record DepositLine(
    long Id, DateTimeOffset ReceivedAt, string? Source, string? ControlId, string MessageType, string State, int? Rejection, string? Reason,
    int Size, double? ElapsedSeconds, LedgerCounts? Ledger, int Repeats)
{
    public static DepositLine Of(DepositSummary summary) => new(
        summary.Id.Value, summary.ReceivedAt, summary.SourceId, summary.ControlId, summary.MessageType, Shown.KeyOf(summary.State),
        (int?)summary.Rejection, summary.Rejection?.ToString(), summary.Size, summary.Elapsed?.TotalSeconds, summary.Ledger, summary.Repeats);
}
