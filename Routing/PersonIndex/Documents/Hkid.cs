using System.Text;

namespace EHealthPlus.Routing.PersonIndex.Documents;

/// <summary>
/// Hong Kong identity card number: one or two letters, six digits, a check character (0 to 9 or A), normalised as A1234563.
/// The check catches every wrong digit and every swap of two neighbouring digits, but misses about 1 in 17 wrong prefix letters
/// (A, L and W weigh the same): so a number alone never identifies.
/// </summary>
public static class Hkid
{
    private const string Prefix = "HKID:";
    private const int Digits = 6;

    /// <summary>Value of the position where a one-letter number has no first letter.</summary>
    private const int Blank = 36;

    /// <summary>Reads the forms A123456(3), A1234563 and HKID:A1234563, in any case, with spaces or in full-width characters.</summary>
    /// <returns>The normalised number, or null where the text has not the form or its check character is wrong.</returns>
    public static string? Parse(string text)
    {
        var number = Compact(text);
        var letters = number.Length - Digits - 1;
        if (letters is not (1 or 2)) return null;
        for (var i = 0; i < letters; i++)
        {
            if (!char.IsAsciiLetterUpper(number[i])) return null;
        }

        for (var i = letters; i < number.Length - 1; i++)
        {
            if (!char.IsAsciiDigit(number[i])) return null;
        }

        return CheckCharacter(number.AsSpan(0, number.Length - 1)) == number[^1] ? number : null;
    }

    /// <summary>The check character of a number without it, such as A123456.</summary>
    /// <param name="number">One or two capital letters and six digits.</param>
    public static char CheckCharacter(ReadOnlySpan<char> number)
    {
        var weight = number.Length + 1;
        var sum = number.Length == Digits + 1 ? Blank * (weight + 1) : 0;
        foreach (var character in number) sum += ValueOf(character) * weight--;
        var check = (11 - (sum % 11)) % 11;
        return check == 10 ? 'A' : (char)('0' + check);
    }

    /// <summary>Whether a text says itself that it is an HKID, by the prefix HKID: that some feeds write.</summary>
    public static bool HasPrefix(string text) =>
        text.Normalize(NormalizationForm.FormKC).TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Capital letters and digits of the number; brackets are dropped only where they enclose the last character.</summary>
    private static string Compact(string text)
    {
        // Form KC turns full-width letters, digits and brackets into the ASCII ones.
        var plain = text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal);
        if (plain.StartsWith(Prefix, StringComparison.Ordinal)) plain = plain[Prefix.Length..];
        if (plain.Length > 3 && plain[^1] == ')' && plain[^3] == '(') plain = string.Concat(plain.AsSpan(0, plain.Length - 3), plain.AsSpan(plain.Length - 2, 1));
        return plain;
    }

    private static int ValueOf(char character) => char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
}
