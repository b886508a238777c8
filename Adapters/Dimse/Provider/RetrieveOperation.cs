using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>
/// What C-GET and C-MOVE have in common (PS3.4-2024 C.4.2 and C.4.3): which instances, one C-STORE for each, and the counts after each.
/// </summary>
internal abstract class RetrieveOperation(Operation operation, KnownPeer peer, ProvidedServices services) : IdentifiedOperation(operation, peer, services)
{
    private readonly List<string> failed = [];
    private int completed;
    private int warnings;

    protected int Done => completed + warnings;

    protected override async Task RunAsync(ReadOnlyMemory<byte> json)
    {
        var read = QueryIdentifier.Read(json, SopClass.IsPatientRoot(Operation.Context.AbstractSyntax));
        var (status, comment) = read.Accepted ? await RetrieveAsync(read.Value) : Refusal(read.Rejection);
        var answer = Operation.Answer(status, comment) with { SubOperations = new(null, (ushort)completed, (ushort)failed.Count, (ushort)warnings) };
        await Operation.SendAsync(answer, failed.Count > 0 ? FailedList() : default);
    }

    /// <summary>Gets ready to give the instances.</summary>
    /// <returns>A refusal where it cannot.</returns>
    protected abstract Task<Rejection?> PrepareAsync(IReadOnlyList<KeptInstance> instances);

    /// <exception cref="IOException">The receiver is gone, or the object could not be read.</exception>
    protected abstract Task<StoreOutcome> GiveAsync(KeptInstance instance, Stream dataSet, CancellationToken cancellationToken);

    protected abstract Task FinishAsync();

    /// <summary>Writes the data set as it is, or in the uncompressed transfer syntax that the receiver takes.</summary>
    /// <exception cref="IOException">It cannot be given so: half of it has left.</exception>
    protected async ValueTask WriteAsync(KeptInstance instance, Stream dataSet, string transferSyntax, FragmentStream into)
    {
        if (transferSyntax == instance.TransferSyntaxUid) await into.CopyFromAsync(dataSet);
        else if (await Services.DataSets.TranscodeAsync(dataSet, instance.TransferSyntaxUid, transferSyntax, into, Operation.Exchange.Ended) is { } refusal) throw new IOException($"The object is not given: {(int)refusal.Code}");
    }

    private async Task<(ushort Status, string? Comment)> RetrieveAsync(QueryIdentifier identifier)
    {
        try
        {
            var selected = await SelectAsync(identifier, PeerPrincipal.Of(Peer));
            if (!selected.Accepted)
            {
                // Nothing that may be given is what there is: no match is no failure.
                return selected.Rejection.Code == RejectionCode.ResourceNotFound ? (DimseStatus.Success, null) : Refusal(selected.Rejection);
            }

            return await PrepareAsync(selected.Value) is { } refusal ? Refusal(refusal) : await GiveAllAsync(selected.Value);
        }
        catch (OperationCanceledException) when (Operation.Cancelled.IsCancellationRequested && !Operation.Exchange.Ended.IsCancellationRequested)
        {
            return (DimseStatus.Cancelled, null);
        }
        finally
        {
            await FinishAsync();
        }
    }

    private async Task<(ushort Status, string? Comment)> GiveAllAsync(IReadOnlyList<KeptInstance> instances)
    {
        for (var place = 0; place < instances.Count; place++)
        {
            if (Operation.Cancelled.IsCancellationRequested) return (DimseStatus.Cancelled, null);
            var outcome = await GiveOneAsync(instances[place]);
            if (outcome is null) failed.Add(instances[place].Key.SopInstanceUid);
            else if (outcome.WithWarning) warnings++;
            else completed++;
            var remaining = (ushort)(instances.Count - place - 1);
            if (remaining == 0) break;
            await Operation.SendAsync(Operation.Answer(DimseStatus.Pending) with { SubOperations = new(remaining, (ushort)completed, (ushort)failed.Count, (ushort)warnings) });
        }

        if (failed.Count == 0) return warnings == 0 ? (DimseStatus.Success, null) : (DimseStatus.SomeSubOperationsFailed, "Some instances were taken with warnings");
        return (Done == 0 ? DimseStatus.SubOperationsFailed : DimseStatus.SomeSubOperationsFailed, "Some instances could not be given");
    }

    /// <returns>Null where it was not given.</returns>
    private async Task<StoreOutcome?> GiveOneAsync(KeptInstance instance)
    {
        try
        {
            await using var dataSet = await Services.Record.OpenAsync(instance, Operation.Cancelled);
            if (dataSet is null) return null;
            var outcome = await GiveAsync(instance, dataSet, Operation.Exchange.Ended);
            return outcome.Stored ? outcome : null;
        }
        catch (IOException fault) when (!Operation.Exchange.Ended.IsCancellationRequested)
        {
            DimseLog.InstanceNotGiven(Services.Logger, Peer.Name, fault.GetType().Name);
            return null;
        }
    }

    private async Task<Result<IReadOnlyList<KeptInstance>>> SelectAsync(QueryIdentifier identifier, AccessPrincipal principal)
    {
        if (identifier.UniqueKeyFault() is { } fault) return fault;
        var series = Named(identifier, QueryLevel.Series, QueryIdentifier.SeriesInstanceUid);
        var instances = Named(identifier, QueryLevel.Instance, QueryIdentifier.SopInstanceUid);
        // The counts of the answers have 16 bits.
        var most = Math.Min(Services.Options.MaxInstances, ushort.MaxValue);
        if (Math.Max(series.Count, instances.Count) > most || identifier.UidsOf(QueryIdentifier.StudyInstanceUid).Count > most) return TooMany();
        var studies = await StudiesAsync(identifier, principal);
        if (!studies.Accepted) return studies.Rejection;
        var all = new List<KeptInstance>();
        foreach (var study in studies.Value)
        {
            // Each of these is decided on and recorded: of a list one question for what is above it.
            var selected = await Services.Record.SelectAsync(principal, ImagingUse.Retrieve, study, One(series), One(instances), Operation.Cancelled);
            if (selected.Accepted) all.AddRange(selected.Value.Where(instance => IsNamed(series, instance.Key.SeriesInstanceUid) && IsNamed(instances, instance.Key.SopInstanceUid)));
            else if (selected.Rejection.Code != RejectionCode.ResourceNotFound) return selected.Rejection;
            if (all.Count > most) return TooMany();
        }

        return all;

        static string? One(HashSet<string> named) => named.Count == 1 ? named.First() : null;
        static bool IsNamed(HashSet<string> named, string uid) => named.Count == 0 || named.Contains(uid);
        static Rejection TooMany() => new(RejectionCode.TooManyMatches, "More instances than one retrieval gives");
    }

    /// <summary>The UIDs of a level; none where the identifier names none, which asks for all, or is of a level above.</summary>
    private static HashSet<string> Named(QueryIdentifier identifier, QueryLevel level, string tag) =>
        identifier.Level >= level ? identifier.UidsOf(tag).ToHashSet(StringComparer.Ordinal) : [];

    /// <summary>The studies that are named; where a patient is, those of them that are the patient's, and all of the patient where no study is.</summary>
    private async Task<Result<IReadOnlyList<string>>> StudiesAsync(QueryIdentifier identifier, AccessPrincipal principal)
    {
        var named = identifier.UidsOf(QueryIdentifier.StudyInstanceUid);
        var keys = identifier.Matches.Where(match => match is { Sequence: null, Tag: 0x00100020 or 0x0020000D }).ToList();
        if (!keys.Any(match => match.Tag == 0x00100020)) return named.ToList();
        var found = await Services.Record.FindAsync(principal, new ImagingQuery(QueryLevel.Study, keys, 0, Services.Options.MaxMatches), Operation.Cancelled);
        return found.Accepted ? found.Value.Select(match => match.Key.StudyInstanceUid).Distinct(StringComparer.Ordinal).ToList() : found.Rejection;
    }

    private static (ushort Status, string? Comment) Refusal(Rejection rejection) => (RejectionTable.Of(rejection.Code).DicomStatus, rejection.Detail);

    /// <summary>Failed SOP Instance UID List (0008,0058).</summary>
    private ReadOnlyMemory<byte> FailedList()
    {
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["00080058"] = new { vr = "UI", Value = failed } });
        var written = Write(json);
        return written.Accepted ? written.Value : default;
    }
}
