using System.Globalization;
using EHealthPlus.Routing.PersonIndex.Documents;

namespace EHealthPlus.Tests.Routing.PersonIndex;

public sealed class HkidTests
{
    [Theory]
    [InlineData("A123456(3)", "A1234563")]
    [InlineData("G123456(A)", "G123456A")]
    [InlineData("L555555(0)", "L5555550")]
    [InlineData("CA182361(1)", "CA1823611")]
    [InlineData("AB987654(3)", "AB9876543")]
    [InlineData("A1234563", "A1234563")]
    [InlineData("a123456(3)", "A1234563")]
    [InlineData("HKID:A1234563", "A1234563")]
    [InlineData("hkid: g123456(a)", "G123456A")]
    [InlineData(" A 123456 (3) ", "A1234563")]
    [InlineData("Ａ１２３４５６（３）", "A1234563")]
    public void Every_written_form_is_read_as_one_number(string written, string number) => Assert.Equal(number, Hkid.Parse(written));

    [Theory]
    [InlineData("")]
    [InlineData("A123456(4)")]
    [InlineData("A123456")]
    [InlineData("A12345(3)")]
    [InlineData("A1234567(3)")]
    [InlineData("ABC123456(3)")]
    [InlineData("1234563")]
    [InlineData("A123456(3")]
    [InlineData("A123456)3(")]
    [InlineData("A12345X(3)")]
    [InlineData("Ä123456(3)")]
    [InlineData("A123456(B)")]
    [InlineData("HKID:")]
    public void What_is_no_number_is_refused(string written) => Assert.Null(Hkid.Parse(written));

    [Fact]
    public void Every_wrong_digit_and_every_swap_of_neighbouring_digits_is_caught()
    {
        var numbers = Numbers(2_000).ToList();
        foreach (var number in numbers)
        {
            Assert.Equal(number, Hkid.Parse(number));
            var digits = number.Length - 7;
            for (var at = digits; at < number.Length; at++)
            {
                foreach (var other in "0123456789A".Where(other => other != number[at] && (other != 'A' || at == number.Length - 1)))
                {
                    Assert.Null(Hkid.Parse(Replace(number, at, other)));
                }

                if (at + 1 < number.Length && number[at] != number[at + 1])
                {
                    Assert.Null(Hkid.Parse(Replace(Replace(number, at, number[at + 1]), at + 1, number[at])));
                }
            }
        }
    }

    /// <summary>Why a number alone never identifies.</summary>
    [Fact]
    public void About_one_wrong_prefix_letter_in_seventeen_is_missed()
    {
        Assert.Equal(Hkid.CheckCharacter("A123456"), Hkid.CheckCharacter("L123456"));
        Assert.Equal(Hkid.CheckCharacter("A123456"), Hkid.CheckCharacter("W123456"));
        var pairs = 0;
        var missed = 0;
        for (var right = 'A'; right <= 'Z'; right++)
        {
            for (var wrong = 'A'; wrong <= 'Z'; wrong++)
            {
                if (right == wrong) continue;
                pairs++;
                if (Hkid.Parse(wrong + "123456" + Hkid.CheckCharacter(right + "123456")) is not null) missed++;
            }
        }

        Assert.InRange(100.0 * missed / pairs, 5.0, 6.5);
    }

    private static IEnumerable<string> Numbers(int count)
    {
        var random = new Random(20260301);
        for (var i = 0; i < count; i++)
        {
            var letters = (i % 2 == 0 ? "" : ((char)('A' + random.Next(26))).ToString()) + (char)('A' + random.Next(26));
            var body = letters + random.Next(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
            yield return body + Hkid.CheckCharacter(body);
        }
    }

    private static string Replace(string text, int at, char other) => string.Concat(text.AsSpan(0, at), [other], text.AsSpan(at + 1));
}
