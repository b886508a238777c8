namespace EHealthPlus.Adapters.Uploads.Batches;

/// <summary>
/// Cuts a file into its headers, messages and trailers, one at a time and in order: it holds one message in memory, however long the file.
/// Lines end with CR, LF or CRLF; empty lines and the start and end blocks of an MLLP dump are passed over. No character set that the hub
/// reads has these bytes, or a segment's name after a line end, inside a character.
/// </summary>
internal sealed class BatchReader(Stream input, long offset, int maxMessage)
{
    private const int HeadBytes = 64 * 1024;
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    private byte[] buffer = new byte[128 * 1024];
    private int start;
    private int end;
    private bool ended;

    /// <summary>Where in the file the next item is looked for: a reader that begins there gives the same items.</summary>
    public long Position { get; private set; } = offset;

    private ReadOnlySpan<byte> Unread => buffer.AsSpan(start, end - start);

    /// <returns>Null at the end of the file.</returns>
    public async ValueTask<BatchItem?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Position == 0)
        {
            await EnsureAsync(3, cancellationToken);
            if (Unread is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..]) return await RestAsync(cancellationToken);
            if (Unread is [0xEF, 0xBB, 0xBF, ..]) Pass(3);
        }

        var first = Position <= 3;
        if (!await SkipBlankAsync(cancellationToken)) return null;
        if (first && Unread[0] == (byte)'<') return await RestAsync(cancellationToken);
        await EnsureAsync(4, cancellationToken);
        return await LinesAsync(PartAt(Unread) ?? BatchPart.Stray, cancellationToken);
    }

    private async ValueTask<BatchItem?> LinesAsync(BatchPart part, CancellationToken cancellationToken)
    {
        var at = 0;
        var solid = 0;
        long dropped = 0;
        byte[]? head = null;
        while (true)
        {
            var found = Unread[at..].IndexOfAny(CarriageReturn, LineFeed);
            at = found < 0 ? end - start : at + found;
            if (at + dropped > maxMessage)
            {
                head ??= Unread[..Math.Min(HeadBytes, at)].ToArray();
                Pass(at);
                dropped += at;
                at = solid = 0;
            }

            if (found < 0)
            {
                if (await MoreAsync(cancellationToken)) continue;
                solid = end - start;
                break;
            }

            await EnsureAsync(at + 2, cancellationToken);
            solid = at + (Unread[at..] is [CarriageReturn, LineFeed, ..] ? 2 : 1);
            at = await AfterBlankAsync(solid, cancellationToken);
            await EnsureAsync(at + 4, cancellationToken);
            if (at == end - start) break;
            var next = PartAt(Unread[at..]);
            if (next is not null || at - solid >= HeadBytes || part is not (BatchPart.Message or BatchPart.Stray)) break;
        }

        var bytes = head ?? Unread[..solid].ToArray();
        Pass(solid);
        await SkipBlankAsync(cancellationToken);
        return new(part, bytes, dropped + solid, head is not null, ended && start == end);
    }

    /// <summary>All that is left, as one XML document.</summary>
    private async ValueTask<BatchItem?> RestAsync(CancellationToken cancellationToken)
    {
        byte[]? head = null;
        long length = 0;
        do
        {
            if (end - start <= maxMessage && head is null) continue;
            head ??= Unread[..HeadBytes].ToArray();
            length += end - start;
            Pass(end - start);
        }
        while (await MoreAsync(cancellationToken));

        var bytes = head ?? Unread.ToArray();
        length += end - start;
        Pass(end - start);
        return new(BatchPart.Xml, bytes, length, head is not null, AtEnd: true);
    }

    /// <returns>What the line that begins there opens; null where it goes on with what is open.</returns>
    private static BatchPart? PartAt(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || (line.Length > 3 && char.IsAsciiLetterOrDigit((char)line[3]))) return null;
        return line[..3] switch
        {
            [(byte)'M', (byte)'S', (byte)'H'] => BatchPart.Message,
            [(byte)'F', (byte)'H', (byte)'S'] => BatchPart.FileHeader,
            [(byte)'B', (byte)'H', (byte)'S'] => BatchPart.BatchHeader,
            [(byte)'B', (byte)'T', (byte)'S'] => BatchPart.BatchTrailer,
            [(byte)'F', (byte)'T', (byte)'S'] => BatchPart.FileTrailer,
            _ => null,
        };
    }

    private async ValueTask<bool> SkipBlankAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var blank = await AfterBlankAsync(0, cancellationToken);
            Pass(blank);
            if (blank < HeadBytes) return start < end;
        }
    }

    /// <returns>The first place from there on that is no line end and no block character; or where a long run of them was left.</returns>
    private async ValueTask<int> AfterBlankAsync(int at, CancellationToken cancellationToken)
    {
        var limit = at + HeadBytes;
        while (true)
        {
            var solid = Unread[at..].IndexOfAnyExcept([CarriageReturn, LineFeed, (byte)0x0B, (byte)0x1C, (byte)0x1A]);
            if (solid >= 0) return at + solid;
            at = end - start;
            // A long run of empty lines must not pile up.
            if (at >= limit || !await MoreAsync(cancellationToken)) return at;
        }
    }

    private void Pass(int count)
    {
        start += count;
        Position += count;
    }

    private async ValueTask EnsureAsync(int count, CancellationToken cancellationToken)
    {
        while (end - start < count && await MoreAsync(cancellationToken))
        {
            // Reads until there is enough, or no more.
        }
    }

    private async ValueTask<bool> MoreAsync(CancellationToken cancellationToken)
    {
        if (ended) return false;
        if (end == buffer.Length)
        {
            var target = start >= buffer.Length / 2 ? buffer : new byte[buffer.Length * 2];
            Buffer.BlockCopy(buffer, start, target, 0, end - start);
            buffer = target;
            end -= start;
            start = 0;
        }

        var read = await input.ReadAsync(buffer.AsMemory(end), cancellationToken);
        ended = read == 0;
        end += read;
        return read > 0;
    }
}
