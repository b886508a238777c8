using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

/// <summary>Every code of Big5 and GB 18030 against those who did not make our table: Python's codecs and the C library's iconv.</summary>
public class ChineseTextTests
{
    private static readonly string Here = Path.GetDirectoryName(Folder())!;

    private static CharacterSet Big5 => CharacterSet.Find("BIG-5")!;

    private static CharacterSet Gb18030 => CharacterSet.Find("GB 18030-2000")!;

    [Fact]
    public async Task The_big5_table_is_what_its_generator_makes()
    {
        string folder = Path.Combine(Here, "../../../Transformers/CharacterSets/Big5");
        using var made = new TemporaryFolder();
        string generated = made.At("big5.txt");
        await Run("node", Path.Combine(folder, "generate.mjs"), generated);

        Assert.True(
            File.ReadAllText(Path.Combine(folder, "big5.txt")) == File.ReadAllText(generated),
            "big5.txt is not what generate.mjs makes. Run: node Transformers/CharacterSets/Big5/generate.mjs");
    }

    // Python's big5hkscs is HKSCS-2004, its cp950 Big5 as Windows has it, iconv's BIG5-HKSCS is HKSCS-2008. The second has the say in what
    // Big5 proper has (lead A1 to F9 but for C6A1 to C8FE); there the other two follow an older Big5 in 18 signs.
    [Fact]
    public async Task Big5_agrees_with_python_and_iconv_in_every_code()
    {
        var python = await Judged("big5hkscs");
        var windows = await Judged("cp950");
        var library = await Judged("iconv:BIG5-HKSCS");
        Assert.Equal(126 * 157, python.Count);
        var wrong = new List<string>();
        foreach (var (code, ours) in python.Keys.Select(code => (code, Big5.TryDecode(Convert.FromHexString(code)))))
        {
            bool proper = string.CompareOrdinal(code, "A140") >= 0 && string.CompareOrdinal(code, "C67F") < 0;
            string? expected = (proper ? windows[code] : null) ?? library[code] ?? python[code];
            // What only the Encoding Standard still reads: codes of an older HKSCS that others took the place of, control pictures, six of ETEN.
            bool extra = expected is null && ours is not null && (IsExtra(code) || IsSecond(code, ours));
            if (ours != expected && !extra) wrong.Add($"{code}: {ours} for {expected}");
        }
        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
        bool IsSecond(string code, string text) => Convert.ToHexString(Big5.TryEncode(text)!) is var first && first != code && (windows[first] == text || library[first] == text);
    }

    [Fact]
    public async Task What_is_read_from_big5_is_written_so_that_python_reads_the_same()
    {
        var judges = new[] { await Judged("cp950"), await Judged("iconv:BIG5-HKSCS") };
        int same = 0;
        var wrong = new List<string>();
        foreach (string code in judges[0].Keys)
        {
            if (Big5.TryDecode(Convert.FromHexString(code)) is not { } text) continue;
            string written = Convert.ToHexString(Big5.TryEncode(text)!);
            Assert.Equal(text, Big5.TryDecode(Convert.FromHexString(written)));
            if (written == code) same++;
            else if (!judges.Any(judge => judge[written] == text)) wrong.Add($"{code} {text} {written}");
        }
        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
        // The others have two codes, of which one is written.
        Assert.Equal(18494, same);
    }

    [Theory]
    [InlineData("gb18030")]
    [InlineData("iconv:GB18030")]
    public async Task Gb_18030_agrees_with_its_judge_in_every_two_byte_code(string judge)
    {
        var judged = await Judged(judge);
        var wrong = new List<string>();
        foreach (var (code, theirs) in judged)
        {
            string? ours = Gb18030.TryDecode(Convert.FromHexString(code));
            // The codes that GB 18030-2022 gave to characters of Unicode: Python has the mapping of 2000, iconv that of 2005 and later.
            if (ours != theirs && !(theirs is { Length: 1 } && theirs[0] is >= '\uE78D' and <= '\uE864')) wrong.Add($"{code}: {ours} for {theirs}");
            if (ours is not null) Assert.Equal(code, Convert.ToHexString(Gb18030.TryEncode(ours)!));
        }
        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
    }

    [Fact]
    public void Gb_18030_has_every_character_of_unicode_in_four_bytes()
    {
        for (int codePoint = 0x10000; codePoint < 0x110000; codePoint++)
        {
            string text = char.ConvertFromUtf32(codePoint);
            byte[] bytes = Gb18030.TryEncode(text)!;
            Assert.True(Gb18030.TryDecode(bytes) == text && (bytes.Length == 4 || codePoint is 0x20087 or 0x20089 or 0x200CC or 0x215D7 or 0x2298F or 0x241FE));
        }
    }

    [Theory]
    [InlineData("A6D9", "\uFE10")]
    [InlineData("A8BC", "\u1E3F")]
    [InlineData("FE51", "\U00020087")]
    [InlineData("FE59", "\u9FB4")]
    [InlineData("AAA1", "\uE000")]
    public void Gb_18030_is_read_as_the_edition_of_2022_has_it(string code, string text)
    {
        Assert.Equal(text, Gb18030.TryDecode(Convert.FromHexString(code)));
        Assert.Equal(code, Convert.ToHexString(Gb18030.TryEncode(text)!));
    }

    [Fact]
    public void A_character_that_big5_lacks_is_not_written() => Assert.Null(Big5.TryEncode("中𠮷国\U00030EDE"));

    private static bool IsExtra(string code) =>
        (string.CompareOrdinal(code, "A3C0") >= 0 && string.CompareOrdinal(code, "A3E1") <= 0) || code is "C6CF" or "C6D3" or "C6D5" or "C6D7" or "C6DE" or "C6DF";

    /// <returns>By code in hexadecimal the text, null where it has none.</returns>
    private static async Task<Dictionary<string, string?>> Judged(string judge)
    {
        string output = await Run("python3", Path.Combine(Here, "chinese_codes.py"), judge);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(
            columns => columns[0],
            columns => columns[1].Length == 0 ? null : Encoding.BigEndianUnicode.GetString(Convert.FromHexString(columns[1])));
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }

    private static string Folder([CallerFilePath] string here = "") => here;
}
