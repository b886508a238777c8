using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>Counts how deposits ended.</summary>
internal static class FlowCounts
{
    public static void Decided(ScheduledDeposit deposit, DepositState state, RejectionCode? rejection)
    {
        var source = FlowMeter.Source(deposit.Source.Id);
        switch (state)
        {
            case DepositState.Delivered:
                FlowMeter.Delivered.Add(1, source);
                break;
            case DepositState.Refused:
                Refused(deposit.Source.Id, rejection);
                break;
            case DepositState.Quarantined:
                FlowMeter.Quarantined.Add(1, source);
                break;
            default:
                break;
        }

        FlowMeter.DeliverySeconds.Record(FlowMeter.SecondsSince(deposit.EnteredAt), source);
    }

    public static void Refused(string? sourceId, RejectionCode? rejection) =>
        FlowMeter.Refused.Add(1, FlowMeter.Source(sourceId), new("code", rejection is { } code ? (int)code : null));
}
