using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class SplittingTests
{
    [Fact]
    public void Fields_repetitions_components_and_subcomponents_are_counted_from_one()
    {
        Segment pid = Messages.Segment("PID|1||A&B^C~D^^E&&F|");
        Assert.Equal(4, pid.FieldCount);
        Assert.Equal(2, pid[3].RepetitionCount);
        Assert.Equal("B", pid[3].First[1][2].Text);
        Assert.Equal("F", pid[3].Repetition(2)[3][3].Text);
        Assert.Equal(new FieldLocation("PID", 1, 3, 2, 3, 3), pid[3].Repetition(2)[3][3].Location);
        Assert.True(pid[3].Repetition(3).IsAbsent);
        Assert.True(pid[4].IsAbsent);
        Assert.True(pid[99].First[1][1].IsAbsent);
    }

    [Fact]
    public void A_part_that_was_not_split_is_its_own_first_part()
    {
        Segment pid = Messages.Segment("PID|1|TESTPATIENT");
        Assert.Equal("TESTPATIENT", pid[2].First[1][1][1].Text);
        Assert.True(pid[2].First[1][2].IsAbsent);
    }

    [Fact]
    public void Null_is_not_absent()
    {
        Segment pid = Messages.Segment("PID|\"\"||a^\"\"|\"\"\"|\"");
        Assert.True(pid[1].IsNull);
        Assert.False(pid[1].IsAbsent);
        Assert.False(pid[1].HasValue);
        Assert.Equal(string.Empty, pid[1].Text);
        Assert.True(pid[2].IsAbsent);
        Assert.False(pid[2].IsNull);
        Assert.True(pid[3].HasValue);
        Assert.True(pid[3].First[2].IsNull);
        Assert.Equal("\"\"\"", pid[4].Text);
        Assert.Equal("\"", pid[5].Text);
    }

    [Fact]
    public void Msh_1_and_msh_2_are_fields_and_leaves()
    {
        Er7Message message = Messages.Read($"{Messages.Header}\r");
        Assert.Equal("|", message.Header.Text(1));
        Assert.Equal(@"^~\&", message.Header.Text(2));
        Assert.Equal("LAB", message.Header.Text(3));
        Leaf[] leaves = [];
        int count = message.ReadLeaves(ref leaves);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 9, 9, 9, 10, 11, 12], leaves[..count].Select(leaf => leaf.Field));
        Assert.Equal(@"^~\&", Encoding.UTF8.GetString(message.Resolve(leaves[1])));
    }

    [Theory]
    [InlineData("\r", 1)]
    [InlineData("\n", 1)]
    [InlineData("\r\n", 2)]
    [InlineData("\r\r\n\n", 4)]
    public void Lines_may_end_in_any_way(string end, int length)
    {
        Er7Message message = Messages.Read(string.Join(end, Messages.Header, "PID|1", "ZZZ|x"));
        Assert.Equal(["MSH", "PID", "ZZZ"], Names(message));
        Assert.Equal(length, message.SegmentAt(1).Terminator.Length);
        Assert.Equal("x", message.SegmentAt(2).Text(1));
        Assert.False(message.LastSegmentTerminated);
    }

    [Fact]
    public void A_byte_order_mark_and_blank_lines_before_msh_are_passed_over()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, 13, 10, .. Messages.Latin($"{Messages.Header}\rPID|1\r")];
        Er7Message message = Messages.Read(bytes);
        Assert.Equal(["MSH", "PID"], Names(message));
        Assert.Equal(5, message.Header.Offset);
        Assert.True(message.LastSegmentTerminated);
    }

    [Theory]
    [InlineData('|', "$%~&")]
    [InlineData('|', @"^~\&#")]
    [InlineData('!', "@*/+")]
    [InlineData('|', "~^&\\")]
    public void Any_distinct_printable_delimiters_work(char field, string encoding)
    {
        string f = field.ToString();
        char component = encoding[0], repetition = encoding[1], escape = encoding[2], subcomponent = encoding[3];
        string text = $"MSH{f}{encoding}{f}LAB{f}H{f}E{f}H{f}2026{f}{f}ORU{component}R01{f}C1{f}P{f}2.5.1\r" +
            $"PID{f}1{f}{f}A{subcomponent}B{component}C{repetition}D{escape}F{escape}E{escape}S{escape}\r";
        Er7Message message = Messages.Read(text);
        Segment pid = message.SegmentAt(1);
        Assert.Equal(encoding, message.Header.Text(2));
        Assert.Equal("R01", message.Header.Text(9, 2));
        Assert.Equal("B", pid[3].First[1][2].Text);
        Assert.Equal($"D{f}E{component}", pid[3].Repetition(2).Text);
    }

    [Theory]
    [InlineData(@"MSH|^~^&|", 2)]
    [InlineData(@"MSH|^|", 2)]
    [InlineData(@"MSH|^~\&#!|", 2)]
    [InlineData(@"MSH|^~A&|", 2)]
    [InlineData("MSH|^~\t&|", 2)]
    [InlineData("MSHA^~\\&A", 1)]
    [InlineData("MSH ^~\\& ", 1)]
    public void Unusable_delimiters_are_refused(string start, int field)
    {
        Rejection rejection = Messages.Refused(Messages.Latin($"{start}LAB|H|E|H|2026||ORU^R01|C1|P|2.5.1\r"));
        Assert.Equal(RejectionCode.DelimitersInvalid, rejection.Code);
        Assert.Equal(field, rejection.Location!.Value.Field);
    }

    [Fact]
    public void Delimiters_that_a_message_does_without_are_ordinary_text()
    {
        Er7Message message = Messages.Read("MSH|^~|LAB|H|E|H|2026||ORU^R01|C1|P|2.1\rNTE|1||a\\F\\b&c\r");
        Assert.Equal("a\\F\\b&c", message.SegmentAt(1).Text(3));
        Assert.Equal("^~", Encoding.ASCII.GetString(message.Delimiters.EncodingCharacters));
    }

    [Fact]
    public void Many_segments_repetitions_and_parts_are_each_read_once()
    {
        string text = Messages.Header + "\r" + string.Concat(Enumerable.Repeat("NTE|1\r", 100_000)) +
            "PID|||" + string.Join('~', Enumerable.Repeat("a", 100_000)) + "|" + string.Join('^', Enumerable.Repeat("b", 100_000)) + "\r";
        Er7Message message = Messages.Read(text);
        Leaf[] leaves = [];
        int count = message.ReadLeaves(ref leaves);
        Assert.Equal(13 + 100_000 + 200_000, count);
        Assert.Equal(new FieldLocation("NTE", 100_000, 1), message.Location(100_000, 1));
        int repetitions = 0;
        foreach (Element repetition in message.First("PID")[3]) repetitions += repetition.Length;
        Assert.Equal(100_000, repetitions);
    }

    private static List<string> Names(Er7Message message)
    {
        var names = new List<string>();
        foreach (Segment segment in message) names.Add(segment.Name);
        return names;
    }
}
