using System.Collections.Frozen;
using System.Text;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>Keeps of a free text the words that are known to name nobody (words.txt), and numbers of one or two digits.</summary>
internal static class CleanWords
{
    private static readonly FrozenSet<string> Harmless = Registry.Lines("words.txt").Where(line => line is not ['#', ..])
        .SelectMany(line => line.Split(' ')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <returns>The words in their order; empty where none is left. ASCII only, so that it fits every character set.</returns>
    public static string Of(string text)
    {
        var kept = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            if (at > start && IsHarmless(text[start..at])) kept.Append(kept.Length == 0 ? string.Empty : " ").Append(text, start, at - start);
            at = Math.Max(at, start + 1);
        }
        return kept.ToString();
    }

    private static bool IsHarmless(string word) => Harmless.Contains(word) || (word.Length <= 2 && word.All(char.IsAsciiDigit));
}
