using System.IO.Pipelines;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>Copies kept bytes into an answer: read straight into the memory that is sent.</summary>
internal static class StretchCopy
{
    // Large reads: each costs a call into the file system, and one flush to the socket.
    private const int Part = 256 * 1024;

    /// <param name="from">Stands where the copy begins.</param>
    /// <exception cref="EndOfStreamException">The object is shorter than its index says.</exception>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public static async ValueTask CopyAsync(Stream from, long length, PipeWriter to, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            var memory = to.GetMemory((int)Math.Min(Part, length));
            if (memory.Length > length) memory = memory[..(int)length];
            var read = await from.ReadAsync(memory, cancellationToken);
            if (read == 0) throw new EndOfStreamException();
            to.Advance(read);
            length -= read;
            await FlushAsync(to, cancellationToken);
        }
    }

    public static async ValueTask CopyAsync(Stream from, FrameLocation frame, PipeWriter to, CancellationToken cancellationToken)
    {
        foreach (var stretch in frame.Parts)
        {
            from.Position = stretch.Offset;
            await CopyAsync(from, stretch.Length, to, cancellationToken);
        }
    }

    public static async ValueTask FlushAsync(PipeWriter to, CancellationToken cancellationToken)
    {
        var flushed = await to.FlushAsync(cancellationToken);
        if (flushed.IsCompleted || flushed.IsCanceled) throw new OperationCanceledException("The client is gone", cancellationToken);
    }
}
