using System.Buffers;

namespace EHealthPlus.Adapters.Mllp;

/// <summary>What stands at the head of the bytes received.</summary>
public enum FrameState
{
    /// <summary>Nothing, after white space between frames was skipped.</summary>
    Empty,

    /// <summary>A start block, and no end block yet.</summary>
    Partial,

    /// <summary>A whole frame.</summary>
    Whole,

    /// <summary>Bytes that no start block opens.</summary>
    Stray,
}

/// <summary>
/// Finds frames in the bytes of one connection. It keeps its place in an unfinished frame, so that each byte is searched once.
/// FS that no CR follows is part of the message: only the pair ends a frame.
/// </summary>
public sealed class FrameScanner
{
    private long searched;

    /// <param name="buffer">
    /// The bytes not consumed so far, which begin where the last call left them. Returns without what is done with: white space between
    /// frames, and the frame where one is whole.
    /// </param>
    /// <param name="message">The message of a whole frame.</param>
    public FrameState Scan(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (searched == 0)
        {
            buffer = SkipWhiteSpace(buffer);
            if (buffer.IsEmpty) return FrameState.Empty;
            if (buffer.FirstSpan[0] != MllpFrame.StartBlock) return FrameState.Stray;
            searched = 1;
        }

        var reader = new SequenceReader<byte>(buffer.Slice(searched));
        while (reader.TryAdvanceTo(MllpFrame.EndBlock))
        {
            if (!reader.TryPeek(out var next))
            {
                searched += reader.Consumed - 1;
                return FrameState.Partial;
            }

            if (next != MllpFrame.CarriageReturn) continue;
            var end = searched + reader.Consumed - 1;
            message = buffer.Slice(1, end - 1);
            buffer = buffer.Slice(end + 2);
            searched = 0;
            return FrameState.Whole;
        }

        searched = buffer.Length;
        return FrameState.Partial;
    }

    private static ReadOnlySequence<byte> SkipWhiteSpace(ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsEmpty || buffer.FirstSpan is [MllpFrame.StartBlock, ..]) return buffer;
        var reader = new SequenceReader<byte>(buffer);
        reader.AdvancePastAny((byte)'\r', (byte)'\n', (byte)' ', (byte)'\t');
        return reader.UnreadSequence;
    }
}
