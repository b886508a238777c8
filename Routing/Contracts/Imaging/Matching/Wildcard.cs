using System.Text;

namespace EHealthPlus.Routing.Contracts.Imaging.Matching;

/// <summary>Wild card matching: * stands for any characters, also none, ? for one (PS3.4-2024 C.2.2.2.4).</summary>
public static class Wildcard
{
    private static readonly char[] Cards = ['*', '?'];

    public static bool Contains(string pattern) => pattern.AsSpan().ContainsAny(Cards);

    /// <summary>What stands before the first wild card.</summary>
    public static string Prefix(string pattern) => pattern.IndexOfAny(Cards) is var at and >= 0 ? pattern[..at] : pattern;

    public static bool Matches(string pattern, string text)
    {
        if (!Contains(pattern)) return string.Equals(pattern, text, StringComparison.Ordinal);
        // Characters, not halves of them: an ideograph outside the basic plane is one ?.
        Rune[] sought = [.. pattern.EnumerateRunes()], held = [.. text.EnumerateRunes()];
        var (at, within, star, resume) = (0, 0, -1, 0);
        while (within < held.Length)
        {
            if (at < sought.Length && sought[at].Value == '*')
            {
                star = at++;
                resume = within;
            }
            else if (at < sought.Length && (sought[at].Value == '?' || sought[at] == held[within]))
            {
                at++;
                within++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                within = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (at < sought.Length && sought[at].Value == '*') at++;
        return at == sought.Length;
    }
}
