using System.Text;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Routing.Imaging;

/// <summary>
/// Reads data sets of the test's own form: study|series|instance|class|modality| and pixels. A file has "META" and a digit, so many times ten bytes
/// of meta information, before it.
/// </summary>
internal sealed class PlainScanner : IInstanceScanner
{
    public const string Syntax = "1.2.840.10008.1.2.1";

    public int Open { get; private set; }

    public static byte[] DataSet(string study = "2.25.1", string instance = "2.25.9.1", string sopClass = "2.25.2", string modality = "CT", int pixels = 1000) =>
        Encoding.ASCII.GetBytes($"{study}|2.25.1.1|{instance}|{sopClass}|{modality}|{new string('p', pixels)}");

    public Result<IInstanceScan> Begin(string transferSyntaxUid, string? characterSet)
    {
        if (transferSyntaxUid != Syntax) return new Rejection(RejectionCode.TransferSyntaxUnsupported, "not this one");
        Open++;
        return new Scan(this, false);
    }

    public IFileScan BeginFile(string? characterSet)
    {
        Open++;
        return new Scan(this, true);
    }

    private sealed class Scan(PlainScanner scanner, bool file) : IFileScan
    {
        private readonly StringBuilder fed = new();

        public int? MetaLength => !file ? 0 : fed.Length < 5 ? null : fed.ToString(0, 4) == "META" ? (fed[4] - '0') * 10 : 0;

        public string? TransferSyntaxUid => Syntax;

        public Rejection? Feed(ReadOnlySpan<byte> part)
        {
            fed.Append(Encoding.ASCII.GetString(part));
            return part.IndexOf((byte)'!') >= 0 ? new(RejectionCode.DataSetInvalid, "an exclamation mark") : null;
        }

        public Result<InstanceSummary> Complete()
        {
            var fields = fed.ToString((MetaLength ?? 0), fed.Length - (MetaLength ?? 0)).Split('|');
            if (fields.Length < 6) return new Rejection(RejectionCode.DataSetTruncated, "the bars are missing");
            return new InstanceSummary(
                new(fields[0], fields[1], fields[2]), fields[3], Syntax, new([], [], "", "", []), "", "", "", fields[4], 1, 1, 1, false, default, default, default, default);
        }

        public void Dispose() => scanner.Open--;
    }
}

/// <summary>Holds what is kept in memory.</summary>
internal sealed class PlainInstances : IInstanceStore
{
    public List<(InstanceEntry Entry, byte[] Bytes)> Kept { get; } = [];

    public Rejection? Unwritable { get; set; }

    public int Open { get; private set; }

    public ValueTask<Result<IInstanceObject>> BeginAsync(CancellationToken cancellationToken)
    {
        Open++;
        return ValueTask.FromResult<Result<IInstanceObject>>(new PlainObject(this));
    }

    public ValueTask<KeptInstance?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<KeptInstance>> SelectAsync(string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Result<IReadOnlyList<ImagingMatch>>> QueryAsync(ImagingQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    private sealed class PlainObject(PlainInstances store) : IInstanceObject
    {
        private readonly MemoryStream bytes = new();

        public ValueTask<Rejection?> WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
        {
            bytes.Write(part.Span);
            return new(store.Unwritable);
        }

        public Task<Result<InstanceReceipt>> KeepAsync(InstanceEntry entry, CancellationToken cancellationToken)
        {
            var key = entry.Summary.Key;
            var known = store.Kept.FirstOrDefault(one => one.Entry.Summary.Key.SopInstanceUid == key.SopInstanceUid);
            if (known.Bytes is not null && !known.Bytes.AsSpan().SequenceEqual(bytes.ToArray()))
                return Task.FromResult<Result<InstanceReceipt>>(new Rejection(RejectionCode.InstanceConflict, "other bytes"));
            if (known.Bytes is null) store.Kept.Add((entry, bytes.ToArray()));
            return Task.FromResult<Result<InstanceReceipt>>(
                new InstanceReceipt(known.Bytes is null ? InstanceVerdict.New : InstanceVerdict.Repeat, key, entry.Summary.SopClassUid));
        }

        public ValueTask DisposeAsync()
        {
            store.Open--;
            return ValueTask.CompletedTask;
        }
    }
}
