namespace EHealthPlus.Transformers.Terminology.Local;

/// <summary>The check digits of LOINC (modulus 10) and SNOMED CT (Verhoeff): a typing slip in a map is found before it is in a record.</summary>
internal static class CheckDigits
{
    // The group of the symmetries of a pentagon, and the permutation that Verhoeff's scheme applies at each place.
    private static readonly int[] Permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

    /// <returns>Null where nothing is wrong with the code, as far as the hub knows its system.</returns>
    public static string? ProblemOf(string system, string code) => system switch
    {
        "http://loinc.org" when !IsLoinc(code) => "Not a LOINC code: digits, a hyphen, and the check digit that fits them",
        "http://snomed.info/sct" when !IsSnomed(code) => "Not a SNOMED CT identifier: 6 to 18 digits, the last of them the check digit that fits the others",
        _ => null,
    };

    private static bool IsLoinc(string code)
    {
        // Parts and answers, such as LA6576-8, have letters in front; how their digit is made is not published.
        if (code.StartsWith("LA", StringComparison.Ordinal) || code.StartsWith("LP", StringComparison.Ordinal)) return true;
        var digits = code.AsSpan();
        if (digits.Length is < 3 or > 10 || digits[^2] != '-' || !char.IsAsciiDigit(digits[^1])) return false;
        var sum = 0;
        var doubled = true;
        for (var at = digits.Length - 3; at >= 0; at--, doubled = !doubled)
        {
            if (!char.IsAsciiDigit(digits[at])) return false;
            var value = (digits[at] - '0') * (doubled ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }

        return (10 - (sum % 10)) % 10 == digits[^1] - '0';
    }

    private static bool IsSnomed(string code)
    {
        if (code.Length is < 6 or > 18 || code.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        var check = 0;
        for (var place = 0; place < code.Length; place++)
        {
            var digit = code[^(place + 1)] - '0';
            for (var times = 0; times < place % 8; times++) digit = Permutation[digit];
            check = Combine(check, digit);
        }

        return check == 0;
    }

    private static int Combine(int left, int right) => (left < 5, right < 5) switch
    {
        (true, true) => (left + right) % 5,
        (true, false) => 5 + ((left + right) % 5),
        (false, true) => 5 + ((left - right + 5) % 5),
        (false, false) => (left - right + 5) % 5,
    };
}
