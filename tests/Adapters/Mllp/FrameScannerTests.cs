using System.Buffers;
using System.Text;
using EHealthPlus.Adapters.Mllp;

namespace EHealthPlus.Tests.Adapters.Mllp;

public sealed class FrameScannerTests
{
    private const string Stream = "\x0bone\x1c\r\r\n \t\x0btwo\x1c\x1cstill two\x1c\r\x0b\x1c\r";

    [Fact]
    public void Finds_the_same_frames_wherever_the_bytes_are_split()
    {
        string[] expected = ["one", "two\x1c\x1cstill two", ""];
        for (var first = 0; first <= Stream.Length; first++)
        {
            for (var second = first; second <= Stream.Length; second++)
                Assert.Equal(expected, Frames(Stream[..first], Stream[first..second], Stream[second..]));
        }
    }

    [Fact]
    public void A_pair_that_is_split_between_segments_ends_the_frame()
    {
        var buffer = Sequence("\x0b", "abc\x1c", "\r\x0bnext");
        Assert.Equal(FrameState.Whole, new FrameScanner().Scan(ref buffer, out var message));
        Assert.Equal("abc", Encoding.Latin1.GetString(message));
        Assert.Equal("\x0bnext", Encoding.Latin1.GetString(buffer));
    }

    [Theory]
    [InlineData("", FrameState.Empty)]
    [InlineData("\r\n \t", FrameState.Empty)]
    [InlineData("\x0b", FrameState.Partial)]
    [InlineData("\x0b" + "abc\x1c", FrameState.Partial)]
    [InlineData("\x0b" + "abc\x1c\x0b", FrameState.Partial)]
    [InlineData("MSH|", FrameState.Stray)]
    [InlineData("\r\nx", FrameState.Stray)]
    [InlineData("\x1c\r", FrameState.Stray)]
    public void Says_what_stands_at_the_head(string bytes, FrameState expected)
    {
        var buffer = Sequence(bytes);
        Assert.Equal(expected, new FrameScanner().Scan(ref buffer, out _));
    }

    private static List<string> Frames(params string[] arrivals)
    {
        var scanner = new FrameScanner();
        var found = new List<string>();
        var unread = "";
        foreach (var arrival in arrivals)
        {
            var buffer = Sequence(unread, arrival);
            while (scanner.Scan(ref buffer, out var message) == FrameState.Whole) found.Add(Encoding.Latin1.GetString(message));
            unread = Encoding.Latin1.GetString(buffer);
        }

        return found;
    }

    private static ReadOnlySequence<byte> Sequence(params string[] parts)
    {
        Part? first = null, last = null;
        foreach (var part in parts)
        {
            last = new Part(Encoding.Latin1.GetBytes(part), last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(byte[] bytes, Part? before)
        {
            Memory = bytes;
            if (before is null) return;
            before.Next = this;
            RunningIndex = before.RunningIndex + before.Memory.Length;
        }
    }
}
