using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Writing;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class EscapeTests
{
    [Theory]
    [InlineData(@"a\F\b\S\c\T\d\R\e\E\f", @"a|b^c&d~e\f")]
    [InlineData(@"Line 1\.br\Line 2", "Line 1\nLine 2")]
    [InlineData(@"a\.sp2\b\.sp\c", "a\n\nb\nc")]
    [InlineData(@"a\.ce\b\.sk 3\c", "a\nb   c")]
    [InlineData(@"\.in+4\\.ti-2\\.fi\\.nf\text", "text")]
    [InlineData(@"\H\bold\N\ plain", "bold plain")]
    [InlineData(@"\X0D0A\", "\r\n")]
    [InlineData(@"caf\XC3A9\", "café")]
    public void A_sequence_becomes_what_it_stands_for(string sent, string text) => Assert.Equal(text, Text(sent));

    [Theory]
    [InlineData(@"\Z12\")]
    [InlineData(@"\C284\")]
    [InlineData(@"\MORE\")]
    [InlineData(@"\Q\")]
    [InlineData(@"\\")]
    [InlineData(@"\")]
    [InlineData(@"half \F")]
    [InlineData(@"\X0\")]
    [InlineData(@"\XZZ\")]
    [InlineData(@"\XE9\")]
    [InlineData(@"\X00\")]
    [InlineData(@"\.sp99999999\")]
    [InlineData(@"\.br")]
    [InlineData(@"\P\")]
    [InlineData(@"\f\")]
    public void What_is_unknown_or_half_stays_as_written(string sent) => Assert.Equal(sent, Text(sent));

    [Fact]
    public void A_stray_escape_character_does_not_hide_the_next_sequence() => Assert.Equal(@"5\6 and a|b", Text(@"5\6 and a\F\b"));

    [Fact]
    public void The_truncation_character_is_known_from_msh_2()
    {
        Er7Message message = Messages.Read("MSH|^~\\&#|LAB|HOSP|EHP|HUB|2026||ORU^R01|C1|P|2.8\rNTE|1||a\\P\\b#\r");
        Assert.Equal("a#b#", message.SegmentAt(1).Text(3));
        Assert.Equal("^~\\&#", message.Header.Text(2));
    }

    [Fact]
    public void Hexadecimal_bytes_are_in_the_character_set_of_the_message()
    {
        Er7Message message = Messages.Read(Messages.In("8859/1", @"NTE|1||caf\XE9\"));
        Assert.Equal("café", message.SegmentAt(1).Text(3));
    }

    [Fact]
    public void Text_without_an_escape_is_not_copied()
    {
        Er7Message message = Messages.Read($"{Messages.Header}\rNTE|1||plain\r");
        Assert.True(message.SegmentAt(1)[3].First.Utf8.Overlaps(message.Content.Span));
    }

    [Theory]
    [InlineData('|', '^', '~', '\\', '&')]
    [InlineData('#', '%', '=', '!', '*')]
    public void Written_text_is_read_again(char field, char component, char repetition, char escape, char subcomponent)
    {
        var delimiters = new Delimiters((byte)field, (byte)component, (byte)repetition, (byte)escape, (byte)subcomponent, (byte)field);
        const string Awkward = "a|b^c~d\\e&f#g%h=i!j*k\r\nl \\F\\ 陳大文";
        byte[] bytes = new Er7Writer(delimiters)
            .Segment("MSH").Field(9).Text("ORU").Component(2).Text("R01").Field(10).Text("C1").Field(11).Text("P").Field(12).Text("2.5.1").Field(18).Text("UNICODE UTF-8")
            .Segment("NTE").Field(3).Text(Awkward).Repeat().Null().Component(3).Subcomponent(2).Text("x")
            .ToBytes();
        Er7Message message = Messages.Read(bytes);
        Field text = message.SegmentAt(1)[3];
        Assert.Equal(delimiters, message.Delimiters);
        Assert.Equal(Awkward, text.Text);
        Assert.True(text.Repetition(2)[1].IsNull);
        Assert.Equal("x", text.Repetition(2)[3][2].Text);
    }

    [Fact]
    public void A_million_escape_characters_are_read_once()
    {
        string sent = new('\\', 1_000_000);
        Assert.Equal(sent, Text(sent));
    }

    private static string Text(string sent) => Messages.Read(Messages.In("UNICODE UTF-8", $"NTE|1||{sent}")).SegmentAt(1).Text(3);
}
