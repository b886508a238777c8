using System.Text;
using EHealthPlus.Adapters.Uploads.Batches;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>Cutting a file into its parts, whatever its line ends and however it is read.</summary>
public class BatchReaderTests
{
    private const string Two = "FHS|^~\\&|LAB\rBHS|^~\\&|LAB\rMSH|^~\\&|LAB|1\rPID|1||A\rMSH|^~\\&|LAB|2\rPID|1||B\rBTS|2\rFTS|1\r";

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task The_parts_come_in_order_whatever_ends_a_line(string end)
    {
        var parts = await ReadAsync(Two.Replace("\r", end, StringComparison.Ordinal));

        Assert.Equal(
            [BatchPart.FileHeader, BatchPart.BatchHeader, BatchPart.Message, BatchPart.Message, BatchPart.BatchTrailer, BatchPart.FileTrailer],
            parts.Select(item => item.Part));
        Assert.Equal($"MSH|^~\\&|LAB|1{end}PID|1||A{end}", Text(parts[2]));
        Assert.True(parts[^1].AtEnd);
        Assert.False(parts[^2].AtEnd);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task It_does_not_matter_in_what_pieces_the_bytes_come(int piece)
    {
        var text = "\uFEFF" + Two.Replace("\r", "\r\n", StringComparison.Ordinal).Replace("MSH", "\r\n\r\nMSH", StringComparison.Ordinal);

        var whole = await ReadAsync(text);
        var pieces = await ReadAsync(text, piece: piece);

        Assert.Equal(whole.Select(item => (item.Part, Text(item))), pieces.Select(item => (item.Part, Text(item))));
        Assert.Equal(6, whole.Count);
    }

    [Fact]
    public async Task A_reader_that_begins_at_a_position_gives_what_is_left()
    {
        var bytes = Encoding.UTF8.GetBytes(Two);
        using var whole = new MemoryStream(bytes);
        var first = new BatchReader(whole, 0, 1_000);
        for (var i = 0; i < 3; i++) await first.ReadAsync(CancellationToken.None);

        using var rest = new MemoryStream(bytes);
        rest.Position = first.Position;
        var next = await new BatchReader(rest, first.Position, 1_000).ReadAsync(CancellationToken.None);

        Assert.Equal("MSH|^~\\&|LAB|2\rPID|1||B\r", Text(next!.Value));
    }

    [Fact]
    public async Task Messages_without_an_envelope_and_with_other_delimiters_are_messages()
    {
        var parts = await ReadAsync("MSH#*~\\&#A\rPID#1\rMSH|^~\\&|B\rPID|1");

        Assert.Equal(["MSH#*~\\&#A\rPID#1\r", "MSH|^~\\&|B\rPID|1"], parts.Select(Text));
        Assert.True(parts[1].AtEnd);
    }

    [Fact]
    public async Task A_segment_that_begins_like_a_header_is_none()
    {
        var parts = await ReadAsync("MSH|^~\\&|A\rMSHX|1\rBTSA|1\r");

        Assert.Single(parts);
    }

    [Fact]
    public async Task Lines_of_no_message_are_stray()
    {
        var parts = await ReadAsync("hello\rthere\rMSH|^~\\&|A\rBTS|1\rPID|1\r");

        Assert.Equal([BatchPart.Stray, BatchPart.Message, BatchPart.BatchTrailer, BatchPart.Stray], parts.Select(item => item.Part));
        Assert.Equal("hello\rthere\r", Text(parts[0]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_over_the_limit_gives_its_head_and_the_next_is_whole(bool oneLine)
    {
        var line = oneLine ? new string('x', 300_000) : string.Concat(Enumerable.Repeat("OBX|1|TX|||" + new string('x', 80) + "\r", 3_000));

        var parts = await ReadAsync($"MSH|^~\\&|A\rOBX|{line}\rMSH|^~\\&|B\rPID|1\r", limit: 200_000);

        Assert.Equal(2, parts.Count);
        Assert.True(parts[0].TooLong);
        Assert.Equal(64 * 1024, parts[0].Bytes.Length);
        Assert.True(parts[0].Length > 240_000);
        Assert.Equal("MSH|^~\\&|B\rPID|1\r", Text(parts[1]));
        Assert.False(parts[1].TooLong);
    }

    [Fact]
    public async Task Much_emptiness_does_not_pile_up_and_an_mllp_dump_is_read()
    {
        var parts = await ReadAsync(new string('\n', 3_000_000) + "\vMSH|^~\\&|A\rPID|1\r\u001c\r\vMSH|^~\\&|B\rPID|1\r\u001c\r" + new string('\r', 400_000), limit: 1_000);

        Assert.Equal(["MSH|^~\\&|A\rPID|1\r", "MSH|^~\\&|B\rPID|1\r"], parts.Select(Text));
    }

    [Fact]
    public async Task A_file_that_begins_with_an_element_is_one_document()
    {
        var parts = await ReadAsync("\uFEFF\n<ADT_A01>\nMSH|no\n</ADT_A01>");

        var document = Assert.Single(parts);
        Assert.Equal(BatchPart.Xml, document.Part);
        Assert.StartsWith("<ADT_A01>", Text(document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_nothing_has_no_parts() => Assert.Empty(await ReadAsync("\r\n\r\n"));

    private static async Task<List<BatchItem>> ReadAsync(string text, int limit = 100_000, int piece = int.MaxValue)
    {
        using var input = new PiecewiseStream(Encoding.UTF8.GetBytes(text), piece);
        var reader = new BatchReader(input, 0, limit);
        var items = new List<BatchItem>();
        while (await reader.ReadAsync(CancellationToken.None) is { } item) items.Add(item);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), reader.Position);
        return items;
    }

    private static string Text(BatchItem item) => Encoding.UTF8.GetString(item.Bytes.Span);
}
