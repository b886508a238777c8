using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class CharacterSetTests
{
    // The second byte in Big5: 功 A5 5C, 許 B3 5C, 育 A8 7C, 坐 A7 A4, 四 A5 7C.
    [Theory]
    [InlineData("BIG-5", "許育功四")]
    [InlineData("BIG-5", "嘅喺𨋢𡃁㗎啲琦珉𠝹")]
    [InlineData("BIG-5", "Ê̄Ê̌ê̄ê̌Êê")]
    [InlineData("GB 18030-2000", "陈大文髒齙")]
    [InlineData("GB 18030-2000", "㐀𠀀")]
    [InlineData("UNICODE UTF-8", "陳大文 𠮷")]
    [InlineData("8859/1", "Ångström")]
    [InlineData("8859/2", "Łódź")]
    [InlineData("8859/5", "Москва")]
    [InlineData("8859/7", "Αθήνα")]
    [InlineData("8859/15", "€uro")]
    [InlineData("~ISO IR87", "山田太郎")]
    [InlineData("ISO IR6~ISO IR87~ISO IR159", "山田丂x")]
    [InlineData("ISO IR14~ISO IR87", "ﾔﾏﾀﾞ 山田")]
    public void Text_comes_out_as_it_was_meant(string characterSet, string name)
    {
        byte[] bytes = Messages.In(characterSet, $"PID|1||G123456(A)||{name}^{name}~{name}&{name}||19900101");
        Er7Message message = Messages.Read(bytes);
        Segment pid = message.SegmentAt(1);
        Assert.Equal(name, pid[5].First[1].Text);
        Assert.Equal(name, pid[5].First[2].Text);
        Assert.Equal(name, pid[5].Repetition(2)[1][2].Text);
        Assert.Equal("19900101", pid.Text(7));
        Assert.Equal(bytes, message.Original.ToArray());
    }

    [Fact]
    public void Big5_has_second_bytes_that_equal_delimiters()
    {
        byte[] bytes = CharacterSet.Find("BIG-5")!.TryEncode("功育")!;
        Assert.Equal([0xA5, 0x5C, 0xA8, 0x7C], bytes);
    }

    [Fact]
    public void A_two_byte_name_before_msh_18_does_not_move_it()
    {
        byte[] bytes = CharacterSet.Find("BIG-5")!.TryEncode(
            "MSH|^~\\&|LAB|育育|EHP|HUB|2026||ORU^R01|C1|P|2.5.1||||||BIG-5\rNTE|1||四\r")!;
        Er7Message message = Messages.Read(bytes);
        Assert.Equal("育育", message.Header.Text(4));
        Assert.Equal("四", message.SegmentAt(1).Text(3));
    }

    [Fact]
    public void The_default_applies_where_msh_18_is_empty()
    {
        byte[] bytes = CharacterSet.Find("BIG-5")!.TryEncode($"{Messages.Header}\rNTE|1||許功\r")!;
        Assert.Equal("許功", Messages.Read(bytes, "BIG-5").SegmentAt(1).Text(3));
        Assert.Equal("BIG-5", Messages.Read(bytes, "BIG-5").CharacterSet.Code);
        Assert.Equal(RejectionCode.CharacterSetContradicted, Messages.Refused(bytes).Code);
    }

    [Fact]
    public void Utf_8_in_a_message_that_says_nothing_is_refused_with_the_remedy()
    {
        Rejection rejection = Messages.Refused(Encoding.UTF8.GetBytes($"{Messages.Header}\rNTE|1||plain\rPID|1||x~A123456(3)^^^陳\r"));
        Assert.Equal(RejectionCode.CharacterSetContradicted, rejection.Code);
        Assert.Equal(new FieldLocation("PID", 1, 3, 2, 4, 1), rejection.Location);
        Assert.Contains("UNICODE UTF-8", rejection.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UNICODE UTF-8", new byte[] { 0xE9, 0x20 })]
    [InlineData("UNICODE UTF-8", new byte[] { 0xE9, 0x99 })]
    [InlineData("UNICODE UTF-8", new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData("ASCII", new byte[] { 0x80 })]
    [InlineData("8859/1", new byte[] { 0x93 })]
    [InlineData("8859/3", new byte[] { 0xA5 })]
    [InlineData("BIG-5", new byte[] { 0xA5 })]
    [InlineData("BIG-5", new byte[] { 0xFF, 0x41 })]
    [InlineData("BIG-5", new byte[] { 0x81, 0x40 })]
    [InlineData("BIG-5", new byte[] { 0x87, 0xFE })]
    [InlineData("BIG-5", new byte[] { 0x80 })]
    [InlineData("GB 18030-2000", new byte[] { 0x81, 0x30, 0x81 })]
    [InlineData("GB 18030-2000", new byte[] { 0xFF, 0xFF })]
    [InlineData("ISO IR87", new byte[] { 0x1B, 0x24, 0x42, 0x3B })]
    [InlineData("ISO IR87", new byte[] { 0x1B, 0x25, 0x47 })]
    [InlineData("ISO IR87", new byte[] { 0x1B, 0x24, 0x42, 0x7E, 0x7E })]
    public void Bytes_that_the_stated_set_does_not_have_are_refused_with_their_place(string characterSet, byte[] bad)
    {
        byte[] bytes = [.. Messages.Latin($"{Messages.Header}||||||{characterSet}\rNTE|1||ok\rNTE|2||a^b"), .. bad, .. "\rNTE|3\r"u8];
        Rejection rejection = Messages.Refused(bytes);
        Assert.Equal(RejectionCode.CharacterSetContradicted, rejection.Code);
        Assert.Equal(new FieldLocation("NTE", 2, 3, 1, 2, 1), rejection.Location);
    }

    [Theory]
    [InlineData("a\u001B$B;3ED\u001B(Bb")]
    [InlineData("a\\M2442\\;3ED\\C2842\\b")]
    public void Japanese_may_switch_by_iso_2022_or_by_hl7_escapes(string sent)
    {
        Er7Message message = Messages.Read(Messages.Latin($"{Messages.Header}||||||~ISO IR87\rNTE|1||{sent}|\\F\\\r"));
        Assert.Equal("a山田b", message.SegmentAt(1).Text(3));
        Assert.Equal("|", message.SegmentAt(1).Text(4));
    }

    [Theory]
    [InlineData("8859/1", @"caf\xE9 \C2D4C\\xBC\xD0\C2842\ \xE9", "café Ма é")]
    [InlineData("ASCII", @"a\C2D41\\xE9|\xE8", "aé")]
    [InlineData("8859/1", @"\xE9\M2442\;3ED\C2842\\xE9", "é山田é")]
    [InlineData("UNICODE UTF-8", @"a\C2842\b", "ab")]
    [InlineData("BIG-5", @"\xA5\\C2842\x", "功x")]
    public void An_escape_switches_to_a_set_that_the_standard_lists(string characterSet, string sent, string text)
    {
        byte[] bytes = [.. Messages.Latin($"{Messages.Header}||||||{characterSet}\rNTE|1||"), .. Bytes(sent), .. "\rNTE|2||plain\r"u8];
        Er7Message message = Messages.Read(bytes);
        Assert.Equal(text, message.SegmentAt(1).Text(3));
        Assert.Equal("plain", message.SegmentAt(2).Text(3));
    }

    [Theory]
    [InlineData("8859/1", @"a^b\C2D55\c", RejectionCode.CharacterSetUnknown)]
    [InlineData("ASCII", @"a^b\M242841\c", RejectionCode.CharacterSetUnknown)]
    [InlineData("BIG-5", @"a^b\C2D41\c", RejectionCode.CharacterSetUnknown)]
    [InlineData("UNICODE UTF-8", @"a^b\M2442\c", RejectionCode.CharacterSetUnknown)]
    [InlineData("ASCII", @"a^b\C2D43\\xA5", RejectionCode.CharacterSetContradicted)]
    public void An_escape_to_any_other_set_is_refused_with_its_place(string characterSet, string sent, RejectionCode code)
    {
        Rejection rejection = Messages.Refused([.. Messages.Latin($"{Messages.Header}||||||{characterSet}\rNTE|1||ok\rNTE|2||"), .. Bytes(sent), .. "\r"u8]);
        Assert.Equal(code, rejection.Code);
        Assert.Equal(new FieldLocation("NTE", 2, 3, 1, 2, 1), rejection.Location);
    }

    [Theory]
    [InlineData("UNICODE UTF-16")]
    [InlineData("UNICODE UTF-32")]
    [InlineData("CNS 11643-1992")]
    [InlineData("8859/77")]
    [InlineData("ASCII~NO SUCH SET")]
    public void A_set_that_is_not_read_is_refused(string code)
    {
        Rejection rejection = Messages.Refused(Messages.Latin($"{Messages.Header}||||||{code}\r"));
        Assert.Equal(RejectionCode.CharacterSetUnknown, rejection.Code);
        Assert.Equal(18, rejection.Location!.Value.Field);
    }

    [Fact]
    public void An_unknown_default_is_refused_only_where_it_is_needed()
    {
        Assert.Equal(RejectionCode.CharacterSetUnknown, Messages.Refused(Messages.Latin($"{Messages.Header}\r"), "NO SUCH SET").Code);
        Assert.Equal("8859/1", Messages.Read(Messages.In("8859/1"), "NO SUCH SET").CharacterSet.Code);
    }

    [Fact]
    public void A_byte_order_mark_says_utf_8_and_contradicts_other_sets()
    {
        byte[] named = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{Messages.Header}\rNTE|1||陳\r")];
        Assert.Equal("陳", Messages.Read(named).SegmentAt(1).Text(3));
        byte[] lying = [0xEF, 0xBB, 0xBF, .. Messages.In("BIG-5", "NTE|1||功")];
        Assert.Equal(RejectionCode.CharacterSetContradicted, Messages.Refused(lying).Code);
    }

    [Fact]
    public void Plain_ascii_is_never_copied()
    {
        byte[] bytes = Messages.In("BIG-5", "NTE|1||plain");
        Assert.True(Messages.Read(bytes).Content.Equals(new ReadOnlyMemory<byte>(bytes)));
    }

    /// <summary>A backslash, x and two digits stand for a byte.</summary>
    private static byte[] Bytes(string sent) =>
        Messages.Latin(System.Text.RegularExpressions.Regex.Replace(
            sent, @"\\x([0-9A-F]{2})", found => ((char)Convert.ToByte(found.Groups[1].Value, 16)).ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
}
