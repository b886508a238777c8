using System.Collections.Concurrent;
using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Dimse.Fakes;

/// <summary>Intake, store and record in one: each data set is a file, as it came in.</summary>
public sealed class FolderOfInstances : IInstanceIntake, IInstanceStore, IImagingRecord, IStudyGathering, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dimse-").FullName;
    private readonly ConcurrentDictionary<string, KeptInstance> kept = new(StringComparer.Ordinal);
    private int open;
    private int longestOpen;
    private int number;

    /// <summary>Of the offers, in the order of their begin.</summary>
    public ConcurrentQueue<InstanceOffer> Offers { get; } = new();

    public ConcurrentQueue<(AccessPrincipal Principal, ImagingQuery Query)> Queries { get; } = new();

    public ConcurrentQueue<(AccessPrincipal Principal, ImagingUse Use, string Study)> Selections { get; } = new();

    /// <summary>False counts only: nothing is written.</summary>
    public bool Writes { get; set; } = true;

    /// <summary>What to refuse instances with, by their UID; null takes them.</summary>
    public Func<InstanceOffer, Rejection?> OnComplete { get; set; } = _ => null;

    public Func<InstanceOffer, Rejection?> OnBegin { get; set; } = _ => null;

    /// <summary>What a stored object is read through.</summary>
    public Func<Stream, Stream> OnOpen { get; set; } = stream => stream;

    /// <summary>Instances whose row does not open.</summary>
    public HashSet<string> Damaged { get; } = [];

    /// <summary>Studies whose sender said that nothing more comes.</summary>
    public ConcurrentQueue<(string Source, string Study)> WholeStudies { get; } = new();

    /// <summary>Completed before an instance is kept.</summary>
    public Func<Task> BeforeKeeping { get; set; } = () => Task.CompletedTask;

    public Func<ImagingQuery, Result<IReadOnlyList<ImagingMatch>>> OnFind { get; set; } = _ => Array.Empty<ImagingMatch>();

    public IReadOnlyDictionary<string, KeptInstance> Kept => kept;

    /// <summary>Receptions begun, neither completed nor disposed.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>As many were in <see cref="IInstanceReception.CompleteAsync"/> at the same time.</summary>
    public int LongestOpen => Volatile.Read(ref longestOpen);

    public static string StudyOf(string sopInstanceUid) => sopInstanceUid.Split('.') is [.. var head, _] ? string.Join('.', head) : "1.2.3";

    public byte[] BytesOf(string sopInstanceUid) => File.ReadAllBytes(PathOf(kept[sopInstanceUid].Sha256));

    public ValueTask<Result<IInstanceReception>> BeginAsync(InstanceOffer offer, CancellationToken cancellationToken)
    {
        Offers.Enqueue(offer);
        if (OnBegin(offer) is { } refusal) return ValueTask.FromResult<Result<IInstanceReception>>(refusal);
        Interlocked.Increment(ref open);
        return ValueTask.FromResult<Result<IInstanceReception>>(new Reception(this, offer));
    }

    public ValueTask<Result<IInstanceObject>> BeginAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<KeptInstance?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken) => ValueTask.FromResult(kept.GetValueOrDefault(sopInstanceUid));

    public ValueTask<IReadOnlyList<KeptInstance>> SelectAsync(string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KeptInstance>>([.. kept.Values
            .Where(instance => instance.Key.StudyInstanceUid == studyInstanceUid && (sopInstanceUid is null || sopInstanceUid == instance.Key.SopInstanceUid))
            .OrderBy(instance => instance.Key.SopInstanceUid, StringComparer.Ordinal)]);

    public ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) =>
        Damaged.Contains(instance.Key.SopInstanceUid) ? throw new RejectedException(new(RejectionCode.ContentDamaged, "instance 1, column object")) : ValueTask.FromResult<Stream?>(OnOpen(File.OpenRead(PathOf(instance.Sha256))));

    public void Whole(string sourceId, string studyInstanceUid) => WholeStudies.Enqueue((sourceId, studyInstanceUid));

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => ValueTask.FromResult<ReadOnlyMemory<byte>?>(null);

    public ValueTask<Result<IReadOnlyList<ImagingMatch>>> QueryAsync(ImagingQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Result<IReadOnlyList<ImagingMatch>>> FindAsync(AccessPrincipal principal, ImagingQuery query, CancellationToken cancellationToken)
    {
        Queries.Enqueue((principal, query));
        return ValueTask.FromResult(OnFind(query));
    }

    public async ValueTask<Result<IReadOnlyList<KeptInstance>>> SelectAsync(
        AccessPrincipal principal, ImagingUse use, string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken)
    {
        Selections.Enqueue((principal, use, studyInstanceUid));
        var found = await SelectAsync(studyInstanceUid, seriesInstanceUid, sopInstanceUid, cancellationToken);
        return found.Count > 0 ? Result(found) : new Rejection(RejectionCode.ResourceNotFound, "No such study");

        static Result<IReadOnlyList<KeptInstance>> Result(IReadOnlyList<KeptInstance> list) => list.ToList();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string name) => Path.Combine(folder, name);

    private sealed class Reception(FolderOfInstances all, InstanceOffer offer) : IInstanceReception
    {
        private readonly string name = $"{Interlocked.Increment(ref all.number)}";
        private FileStream? file;
        private long length;
        private bool done;

        public async ValueTask<Rejection?> WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
        {
            length += part.Length;
            if (!all.Writes) return null;
            file ??= File.Create(all.PathOf(name));
            await file.WriteAsync(part, cancellationToken);
            return null;
        }

        public async Task<Result<InstanceReceipt>> CompleteAsync(CancellationToken cancellationToken)
        {
            var waiting = Interlocked.Increment(ref all.completing);
            InterlockedMax(ref all.longestOpen, waiting);
            try
            {
                await all.BeforeKeeping();
            }
            finally
            {
                Interlocked.Decrement(ref all.completing);
            }

            if (all.OnComplete(offer) is { } refusal) return refusal;
            var key = new InstanceKey(StudyOf(offer.SopInstanceUid!), StudyOf(offer.SopInstanceUid!) + ".1", offer.SopInstanceUid!);
            if (file is not null)
            {
                await file.DisposeAsync();
                file = null;
            }

            done = true;
            all.kept[offer.SopInstanceUid!] = new(
                key, offer.SopClassUid!, offer.TransferSyntaxUid!, name, length, 1, offer.SourceId, "imaging-centre", TimeProvider.System.GetUtcNow(), InstanceState.Filed, "P1");
            return new InstanceReceipt(InstanceVerdict.New, key, offer.SopClassUid!);
        }

        public async ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref all.open);
            if (file is not null) await file.DisposeAsync();
            if (!done) File.Delete(all.PathOf(name));
        }
    }

    private int completing;

    private static void InterlockedMax(ref int place, int value)
    {
        var seen = Volatile.Read(ref place);
        while (value > seen && Interlocked.CompareExchange(ref place, value, seen) is var now && now != seen) seen = now;
    }
}
