using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Imaging.Intake;

/// <summary>Checks the sender, then reads and keeps the instance while it comes.</summary>
internal sealed class InstanceIntake(
    SenderCheck check, IInstanceScanner scanner, IInstanceStore store, InstanceIntakeOptions options, TimeProvider time, ILogger<InstanceIntake> log) : IInstanceIntake
{
    public async ValueTask<Result<IInstanceReception>> BeginAsync(InstanceOffer offer, CancellationToken cancellationToken)
    {
        var source = check.Check(offer.SourceId, offer.Peer);
        if (!source.Accepted)
        {
            // Of a sender that is not known nothing is counted by name.
            Refused(source.Rejection.Code == RejectionCode.SourceUnknown ? null : offer.SourceId, source.Rejection);
            return source.Rejection;
        }

        if (Scan(offer, out var scan) is { } unreadable)
        {
            Refused(offer.SourceId, unreadable);
            return unreadable;
        }

        var begun = await store.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (begun.Accepted) return new InstanceReception(this, offer, source.Value, scan, begun.Value, options, time);
        scan.Dispose();
        Refused(offer.SourceId, begun.Rejection);
        return begun.Rejection;
    }

    /// <summary>Counts and logs a refusal.</summary>
    public void Refused(string? sourceId, Rejection rejection)
    {
        FlowMeter.InstancesRefused.Add(1, FlowMeter.Source(sourceId), new("code", (int)rejection.Code));
        if (rejection.Code == RejectionCode.InstanceConflict) IntakeLog.Conflict(log, sourceId ?? "unknown", rejection.Detail);
        else IntakeLog.Refused(log, sourceId ?? "unknown", (int)rejection.Code, rejection.Detail);
    }

    private Rejection? Scan(InstanceOffer offer, out IInstanceScan scan)
    {
        scan = null!;
        if (offer.TransferSyntaxUid is not { } syntax)
        {
            scan = scanner.BeginFile(offer.CharacterSet);
            return null;
        }

        var begun = scanner.Begin(syntax, offer.CharacterSet);
        if (begun.Accepted) scan = begun.Value;
        return begun.Rejection;
    }
}
