using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>The record and the intake in memory: what is stored can be asked for. Sources are refused, as by the gate.</summary>
internal sealed class KeptInMemory : IImagingRecord, IInstanceIntake
{
    public const string Explicit = "1.2.840.10008.1.2.1";

    private readonly List<(KeptInstance Instance, byte[] Bytes, byte[]? Meta)> kept = [];
    private readonly PlainDataSetWriter writer = new();

    public List<ImagingQuery> Queries { get; } = [];

    public List<ImagingUse> Uses { get; } = [];

    public List<InstanceOffer> Offers { get; } = [];

    /// <summary>Set: the intake gives it in place of a place to write to.</summary>
    public Rejection? Closed { get; set; }

    public KeptInstance Add(InstanceKey key, byte[] dataSet, string transferSyntax = Explicit, byte[]? meta = null, int frames = 1, string type = SyntheticCt.SopClass)
    {
        var instance = new KeptInstance(
            key, type, transferSyntax, Convert.ToHexStringLower(SHA256.HashData(dataSet)), dataSet.Length, frames, "ct", "ha", DateTimeOffset.UnixEpoch, InstanceState.Filed, "p1");
        kept.Add((instance, dataSet, meta));
        return instance;
    }

    public byte[] BytesOf(InstanceKey key) => kept.Single(one => one.Instance.Key == key).Bytes;

    public int Count => kept.Count;

    public async ValueTask<Result<IReadOnlyList<ImagingMatch>>> FindAsync(AccessPrincipal principal, ImagingQuery query, CancellationToken cancellationToken)
    {
        if (principal.Role == Role.Source) return new Rejection(RejectionCode.RoleNotPermitted, "Sources do not read");
        Queries.Add(query);
        var found = new List<ImagingMatch>();
        var seen = new HashSet<string>();
        foreach (var (instance, bytes, _) in kept.Where(one => query.PersonId is null || one.Instance.PersonId == query.PersonId).Where(one => query.Matches.All(match => Holds(one.Bytes, match))))
        {
            var key = instance.Key;
            if (!seen.Add(query.Level switch { QueryLevel.Study => key.StudyInstanceUid, QueryLevel.Series => key.SeriesInstanceUid, _ => key.SopInstanceUid })) continue;
            var json = JsonNode.Parse(await JsonOfAsync(bytes))!.AsObject();
            var levels = new List<ReadOnlyMemory<byte>>
            {
                Part(json, "00100010", "00100020", "00100030", "00100040"),
                Part(json, "00080020", "00080030", "00080050", "00081030", "0020000D"),
            };
            if (query.Level >= QueryLevel.Series) levels.Add(Part(json, "00080060", "0008103E", "0020000E", "00200011"));
            if (query.Level >= QueryLevel.Instance) levels.Add(Part(json, "00080016", "00080018", "00200013", "00280010", "00280011"));
            found.Add(new(key, "p1", "ha", InstanceState.Filed, levels));
        }

        return found.Skip(query.Skip).Take(query.Count).ToList();
    }

    public ValueTask<Result<IReadOnlyList<KeptInstance>>> SelectAsync(
        AccessPrincipal principal, ImagingUse use, string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken)
    {
        Uses.Add(use);
        if (principal.Role == Role.Source) return new(new Rejection(RejectionCode.RoleNotPermitted, "Sources do not read"));
        var found = kept.Select(one => one.Instance).Where(one => one.Key.StudyInstanceUid == studyInstanceUid
            && (seriesInstanceUid is null || one.Key.SeriesInstanceUid == seriesInstanceUid) && (sopInstanceUid is null || one.Key.SopInstanceUid == sopInstanceUid)).ToList();
        return new(found.Count == 0 ? new Rejection(RejectionCode.ResourceNotFound, "No such study") : found);
    }

    public ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) => new(new MemoryStream(BytesOf(instance.Key), writable: false));

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) =>
        new(kept.Single(one => one.Instance.Key == instance.Key).Meta is { } meta ? meta.AsMemory() : (ReadOnlyMemory<byte>?)null);

    public ValueTask<Result<IInstanceReception>> BeginAsync(InstanceOffer offer, CancellationToken cancellationToken)
    {
        Offers.Add(offer);
        return new(Closed is { } refusal ? refusal : new Reception(this, offer));
    }

    private static bool Holds(byte[] bytes, AttributeMatch match)
    {
        var value = PlainDataSet.Text(bytes.AsSpan(0, Math.Min(bytes.Length, 4_096)), match.Tag);
        return match.Value.EndsWith('*') ? value.StartsWith(match.Value[..^1], StringComparison.Ordinal) : match.Value.Split('\\').Contains(value, StringComparer.Ordinal);
    }

    private async Task<byte[]> JsonOfAsync(byte[] bytes)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        await writer.WriteJsonAsync(new MemoryStream(bytes), Explicit, null, path => path, output, null, CancellationToken.None);
        return output.WrittenSpan.ToArray();
    }

    private static ReadOnlyMemory<byte> Part(JsonObject json, params string[] tags) =>
        Encoding.UTF8.GetBytes("{" + string.Join(',', tags.Where(json.ContainsKey).Select(tag => $"\"{tag}\":{json[tag]!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}")) + "}");

    private sealed class Reception(KeptInMemory store, InstanceOffer offer) : IInstanceReception
    {
        private readonly MemoryStream bytes = new();

        public ValueTask<Rejection?> WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
        {
            bytes.Write(part.Span);
            return new(bytes.Length > 140 && !bytes.GetBuffer().AsSpan(128, 4).SequenceEqual("DICM"u8) ? new Rejection(RejectionCode.DataSetInvalid, "No data set") : null);
        }

        public async Task<Result<InstanceReceipt>> CompleteAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            var file = bytes.ToArray();
            if (file.Length < 200) return new Rejection(RejectionCode.DataSetTruncated, "It ends");
            var key = new InstanceKey(PlainDataSet.Text(file, 0x0020000D), PlainDataSet.Text(file, 0x0020000E), PlainDataSet.Text(file, 0x00080018));
            if (offer.StudyInstanceUid is { } study && study != key.StudyInstanceUid) return new Rejection(RejectionCode.InstanceMismatch, "Another study");
            var meta = PlainDataSet.Read(file).Last(element => element.Tag >> 16 == 0x0002);
            var (head, dataSet) = (file[..(meta.Offset + meta.Length)], file[(meta.Offset + meta.Length)..]);
            lock (store.kept)
            {
                if (store.kept.Find(one => one.Instance.Key.SopInstanceUid == key.SopInstanceUid) is { Bytes: { } before })
                {
                    return before.AsSpan().SequenceEqual(dataSet) ? new InstanceReceipt(InstanceVerdict.Repeat, key, SyntheticCt.SopClass) : new Rejection(RejectionCode.InstanceConflict, "Other bytes");
                }

                store.Add(key, dataSet, PlainDataSet.Text(head, 0x00020010), head);
            }

            return new InstanceReceipt(InstanceVerdict.New, key, SyntheticCt.SopClass);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
