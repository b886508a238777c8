using System.Buffers;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Reading;

/// <summary>Reads a data set in any transfer syntax: pushed part by part, or drawn from a stream.</summary>
public sealed class DataSetReader(TransferSyntax syntax, IElementHandler handler) : IDisposable
{
    private const int PartSize = 64 * 1024;

    // After a jump little is read at first: the next header may be all that is wanted before the next jump.
    private const int PartAfterJump = 512;

    private readonly ElementReader elements = new(syntax, handler);
    private readonly Inflation? inflation = syntax.Deflated ? new Inflation() : null;
    private Rejection? fault;

    public Rejection? Feed(ReadOnlySpan<byte> part) =>
        fault ??= inflation is null ? elements.Feed(part) : inflation.Feed(part, elements);

    /// <summary>All has been fed.</summary>
    public Rejection? Complete() => fault ??= elements.Complete();

    /// <summary>Reads a whole data set. Values that are skipped are jumped over where the stream can seek.</summary>
    public static ValueTask<Rejection?> ReadAsync(Stream dataSet, TransferSyntax syntax, IElementHandler handler, CancellationToken cancellationToken) =>
        ReadAsync(dataSet, syntax, handler, null, cancellationToken);

    /// <param name="afterPart">Is called after each part, and at the end: where the handler writes, what it wrote is passed on.</param>
    public static async ValueTask<Rejection?> ReadAsync(
        Stream dataSet, TransferSyntax syntax, IElementHandler handler, Func<ValueTask>? afterPart, CancellationToken cancellationToken)
    {
        using var reader = new DataSetReader(syntax, handler);
        bool mayJump = dataSet.CanSeek && !syntax.Deflated;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PartSize);
        try
        {
            int size = PartSize;
            while (await dataSet.ReadAsync(buffer.AsMemory(0, size), cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                if (reader.Feed(buffer.AsSpan(0, count)) is { } refused) return refused;
                if (afterPart is not null) await afterPart().ConfigureAwait(false);
                size = Math.Min(size * 4, PartSize);
                long jump = mayJump ? Math.Min(reader.elements.Skippable, dataSet.Length - dataSet.Position) : 0;
                if (jump < PartAfterJump) continue;
                dataSet.Seek(jump, SeekOrigin.Current);
                reader.elements.Skip(jump);
                size = PartAfterJump;
            }
            if (reader.Complete() is { } incomplete) return incomplete;
            if (afterPart is not null) await afterPart().ConfigureAwait(false);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose()
    {
        inflation?.Dispose();
        elements.Dispose();
    }
}
