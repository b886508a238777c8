using System.Diagnostics;
using System.Globalization;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Intake;

/// <summary>One instance on its way in: each part is scanned and written, and after the first fault nothing more is.</summary>
internal sealed class InstanceReception(
    InstanceIntake intake, InstanceOffer offer, Source source, IInstanceScan scan, IInstanceObject kept, InstanceIntakeOptions options, TimeProvider time) : IInstanceReception
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly FileMetaPart? meta = scan is IFileScan file ? new(file, options.MaximumMetaBytes) : null;
    private long length;
    private Rejection? fault;

    public async ValueTask<Rejection?> WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        if (fault is not null) return fault;
        length += part.Length;
        if (length > options.MaximumBytes) return Fail(new(RejectionCode.InstanceTooLarge, string.Create(CultureInfo.InvariantCulture, $"An instance has at most {options.MaximumBytes} bytes")));
        if (scan.Feed(part.Span) is { } unread) return Fail(unread);
        var dataSet = part;
        if (meta is not null)
        {
            if (meta.Take(ref dataSet) is { } refused) return Fail(refused);
        }

        return !dataSet.IsEmpty && await kept.WriteAsync(dataSet, cancellationToken).ConfigureAwait(false) is { } unwritten ? Fail(unwritten) : null;
    }

    public async Task<Result<InstanceReceipt>> CompleteAsync(CancellationToken cancellationToken)
    {
        if (fault is not null) return fault;
        var summary = scan.Complete();
        if (!summary.Accepted) return Fail(summary.Rejection);
        if (Mismatch(summary.Value) is { } mismatch) return Fail(mismatch);

        // A file so short that where its data set begins was seen at its end only.
        if (meta?.Rest() is { IsEmpty: false } rest && await kept.WriteAsync(rest, cancellationToken).ConfigureAwait(false) is { } unwritten) return Fail(unwritten);
        var receipt = await kept.KeepAsync(EntryOf(summary.Value), cancellationToken).ConfigureAwait(false);
        if (!receipt.Accepted) return Fail(receipt.Rejection);
        var tag = FlowMeter.Source(source.Id);
        if (receipt.Value.Verdict == InstanceVerdict.Repeat)
        {
            FlowMeter.InstancesRepeated.Add(1, tag);
            return receipt;
        }

        FlowMeter.Instances.Add(1, tag, new("modality", ModalityOf(summary.Value)));
        FlowMeter.InstanceBytes.Add(length, tag);
        FlowMeter.InstanceSeconds.Record(FlowMeter.SecondsSince(started), tag);
        return receipt;
    }

    public ValueTask DisposeAsync()
    {
        scan.Dispose();
        return kept.DisposeAsync();
    }

    private InstanceEntry EntryOf(InstanceSummary summary)
    {
        var now = time.GetUtcNow();
        var origin = new AuditOrigin(WithoutPort(offer.Peer.Address), source.Id, offer.Peer.CertificateThumbprint?.ToUpperInvariant());
        return new(summary, source.Id, source.ProviderId, now, meta?.Bytes, new(
            now, $"source:{source.Id}", "source", AuditAction.Deposit, null, $"study/{summary.Key.StudyInstanceUid}", true, "Images kept", Origin: origin,
            ProviderId: source.ProviderId)) { AnswersAtOnce = offer.AnswersAtOnce };
    }

    /// <summary>What the sender announced must be what came: else an answer would speak of an instance that is not kept.</summary>
    private Rejection? Mismatch(InstanceSummary summary)
    {
        if (Differs(offer.SopInstanceUid, summary.Key.SopInstanceUid)) return new(RejectionCode.InstanceMismatch, "(0008,0018) is not the SOP Instance UID that was announced");
        if (Differs(offer.SopClassUid, summary.SopClassUid)) return new(RejectionCode.InstanceMismatch, "(0008,0016) is not the SOP Class UID that was announced");
        return Differs(offer.StudyInstanceUid, summary.Key.StudyInstanceUid)
            ? new(RejectionCode.InstanceMismatch, "(0020,000D) is not the study that the instance was sent to")
            : null;
    }

    private Rejection Fail(Rejection rejection)
    {
        fault = rejection;
        intake.Refused(source.Id, rejection);
        return rejection;
    }

    // A sender's own words must not become names of time series: the defined terms are short and few.
    private static string ModalityOf(InstanceSummary summary) =>
        summary.Modality is { Length: > 0 and <= 4 } modality && modality.All(char.IsAsciiLetterUpper) ? modality : "other";

    private static bool Differs(string? announced, string came) => announced is not null && !string.Equals(announced, came, StringComparison.Ordinal);

    private static string WithoutPort(string address) => System.Net.IPEndPoint.TryParse(address, out var endPoint) ? endPoint.Address.ToString() : address;
}
