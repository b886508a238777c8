using System.Text.Json;
using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>
/// Storage commitment, push model (PS3.4-2024 annex J): N-ACTION asks for it, N-EVENT-REPORT says what is kept. Since success of a C-STORE means
/// flushed here, the answer is known at once: it goes out on the same association, or on one that we open where that has ended.
/// </summary>
internal sealed class CommitmentOperation(Operation operation, KnownPeer peer, ProvidedServices services) : IdentifiedOperation(operation, peer, services)
{
    private const ushort RequestCommitment = 1;
    private const ushort AllKept = 1;
    private const ushort SomeFailed = 2;

    // Failure Reason (0008,1197), PS3.3-2024 C.14.1.1.
    private const ushort ProcessingFailure = 0x0110;
    private const ushort NoSuchInstance = 0x0112;
    private const ushort ClassConflict = 0x0119;

    private readonly HashSet<string> studies = new(StringComparer.Ordinal);

    protected override async Task RunAsync(ReadOnlyMemory<byte> json)
    {
        if (!Peer.Entity.MayStore)
        {
            await Operation.SendAsync(Operation.Answer(new Rejection(RejectionCode.DicomPeerMayNotStore, "The application entity may not ask for commitment")));
            return;
        }

        var asked = Asked(json);
        if (Operation.Command.ActionTypeId != RequestCommitment || asked is not { } request || request.Instances.Count > Services.Options.MaxInstances)
        {
            await Operation.SendAsync(Operation.Answer(DimseStatus.InvalidArgument, "No transaction, no instances, or too many"));
            return;
        }

        var report = await ReportAsync(request.Transaction, request.Instances);
        // Who asks for commitment has sent what it had to send.
        foreach (var study in studies) Services.Gathering.Whole(Peer.Source.Id, study);
        await Operation.SendAsync(Operation.Answer(DimseStatus.Success) with { ActionTypeId = RequestCommitment });

        // Not awaited: the peer may release before it answers the report, and the release waits for operations.
        _ = DeliverAsync(report);
    }

    private static (string Transaction, List<(string Class, string Instance)> Instances)? Asked(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDataSet.Parse(json);
        if (JsonDataSet.Text(document.RootElement, "00081195") is not { } transaction) return null;
        var instances = new List<(string, string)>();
        foreach (var item in JsonDataSet.Values(document.RootElement, "00081199"))
        {
            if (JsonDataSet.Text(item, "00081150") is not { } sopClass || JsonDataSet.Text(item, "00081155") is not { } instance) return null;
            instances.Add((sopClass, instance));
        }

        return instances.Count > 0 ? (transaction, instances) : null;
    }

    private async Task<(ushort EventType, byte[] Json)> ReportAsync(string transaction, List<(string Class, string Instance)> instances)
    {
        var (kept, failed) = (new List<object>(), new List<object>());
        foreach (var (sopClass, instance) in instances)
        {
            var reference = new Dictionary<string, object> { ["00081150"] = Uid(sopClass), ["00081155"] = Uid(instance) };
            if (await ReadableAsync(sopClass, instance) is { } reason)
            {
                reference["00081197"] = new { vr = "US", Value = new[] { (int)reason } };
                failed.Add(reference);
            }
            else
            {
                kept.Add(reference);
            }
        }

        var json = new Dictionary<string, object> { ["00081195"] = Uid(transaction) };
        if (failed.Count > 0) json["00081198"] = new { vr = "SQ", Value = failed };
        if (kept.Count > 0) json["00081199"] = new { vr = "SQ", Value = kept };
        return (failed.Count > 0 ? SomeFailed : AllKept, JsonSerializer.SerializeToUtf8Bytes(json));

        static object Uid(string value) => new { vr = "UI", Value = new[] { value } };
    }

    /// <summary>One that is damaged fails alone.</summary>
    private async Task<ushort?> ReadableAsync(string sopClass, string instance)
    {
        try
        {
            return await FailureOfAsync(sopClass, instance);
        }
        catch (RejectedException damaged)
        {
            DimseLog.InstanceRefused(Services.Logger, Peer.Name, damaged.Rejection.Code);
            return ProcessingFailure;
        }
    }

    /// <summary>Commitment is for what the same provider sent: of others' instances it learns nothing.</summary>
    private async Task<ushort?> FailureOfAsync(string sopClass, string instance)
    {
        if (await Services.Store.FindAsync(instance, Operation.Exchange.Ended) is not { } kept || kept.ProviderId != Peer.Source.ProviderId) return NoSuchInstance;
        if (kept.SopClassUid != sopClass) return ClassConflict;
        await using var stream = await Services.Store.OpenAsync(kept, Operation.Exchange.Ended);
        if (stream is null) return NoSuchInstance;
        studies.Add(kept.Key.StudyInstanceUid);
        return null;
    }

    private async Task DeliverAsync((ushort EventType, byte[] Json) report)
    {
        try
        {
            await TellAsync(Operation.Exchange, Operation.Context, report);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            await DeliverAnewAsync(report);
        }
    }

    private async Task DeliverAnewAsync((ushort EventType, byte[] Json) report)
    {
        if (Peer.Entity is not { Host: { } host, Port: { } port })
        {
            DimseLog.ReportUnsent(Services.Logger, Peer.Name, "its association ended, and it has no address");
            return;
        }

        try
        {
            var options = Services.CallTo(Peer.Entity.AeTitle, host, port, Peer.Source);
            ProposedContext proposed = new(1, SopClass.StorageCommitmentPushModel, [TransferSyntax.ExplicitLittleEndian, TransferSyntax.ImplicitLittleEndian]);
            RoleSelection role = new(SopClass.StorageCommitmentPushModel, false, true);
            await using var user = await DicomUser.OpenAsync(options, [proposed], [role], null, Services.Time, Services.Logger, CancellationToken.None);
            await TellAsync(user.Exchange, user.ContextFor(SopClass.StorageCommitmentPushModel), report);
            await user.ReleaseAsync(CancellationToken.None);
        }
        catch (IOException fault)
        {
            DimseLog.ReportUnsent(Services.Logger, Peer.Name, fault.Message);
        }
    }

    private async Task TellAsync(MessageExchange exchange, AgreedContext context, (ushort EventType, byte[] Json) report)
    {
        var written = Services.Identifiers.Write(report.Json, context.TransferSyntax, null);
        if (!written.Accepted) throw new RejectedException(written.Rejection);
        using var request = await exchange.RequestAsync(
            context.Id,
            id => new()
            {
                Field = CommandField.EventReportRequest, MessageId = id, EventTypeId = report.EventType,
                AffectedSopClassUid = SopClass.StorageCommitmentPushModel, AffectedSopInstanceUid = SopClass.StorageCommitmentInstance,
            },
            written.Value);
        await request.NextAsync(CancellationToken.None);
    }
}
