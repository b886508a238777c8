using System.Text;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>
/// What names the patient or the people and places around, as the instance itself says it. Where one of these stands in a text that the
/// profile keeps, the text goes: the table knows attributes, and people write anywhere.
/// </summary>
internal sealed class PatientTraces
{
    /// <summary>Shorter ones, such as CT or MR, stand everywhere.</summary>
    private const int ShortestWord = 4;

    /// <summary>From here on also as part of a longer word.</summary>
    private const int ShortestPart = 6;

    /// <summary>A name of one word: initials are shorter.</summary>
    private const int ShortestName = 3;

    private const int Limit = 2048;

    private readonly HashSet<string> traces = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The words of each name: too short to be looked for alone (NG^KA HO), two of them beside each other are the name.</summary>
    private readonly Dictionary<string, HashSet<string>> names = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="value">One value or several; of a name its components are taken, and two or all of them as one word.</param>
    public void Add(string value, bool isName)
    {
        foreach (string part in value.Split(isName ? ['\\', '^', '=', ' '] : ['\\'])) Add(part.Trim(' ', '\0'), ShortestWord);
        if (!isName) return;
        foreach (string name in value.Split('\\', '=')) AddName(name);
    }

    private void Add(string trace, int shortest)
    {
        if (trace.Length >= (IsWide(trace) ? 2 : shortest) && traces.Count < Limit) traces.Add(trace);
    }

    private void AddName(string name)
    {
        List<string> words = WordsOf(name);
        if (words.Count == 1) Add(words[0], ShortestName);
        if (words.Count < 2 || names.Count >= Limit || !names.TryAdd(name, new(words, StringComparer.OrdinalIgnoreCase))) return;
        int family = WordsOf(name.Split('^')[0]).Count;
        Add(string.Concat(words), ShortestWord);
        Add(string.Concat(words.Skip(family).Concat(words.Take(family))), ShortestWord);
        for (int at = 1; at < words.Count; at++)
        {
            Add(words[at - 1] + words[at], ShortestWord);
            Add(words[at] + words[at - 1], ShortestWord);
        }
    }

    public bool AreIn(string text)
    {
        if (names.Count > 0)
        {
            List<string> words = WordsOf(text);
            for (int at = 1; at < words.Count; at++)
            {
                (string first, string second) = (words[at - 1], words[at]);
                if (!first.Equals(second, StringComparison.OrdinalIgnoreCase) && names.Values.Any(name => name.Contains(first) && name.Contains(second))) return true;
            }
        }
        foreach (string trace in traces)
        {
            for (int at = text.IndexOf(trace, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(trace, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (trace.Length >= ShortestPart || IsWide(trace) || IsWord(text, at, trace.Length)) return true;
            }
        }
        return false;
    }

    private static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        for (int at = 0; at < text.Length; at++)
        {
            int start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            if (at > start) words.Add(text[start..at]);
        }
        return words;
    }

    private static bool IsWord(string text, int at, int length) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + length == text.Length || !char.IsLetterOrDigit(text[at + length]));

    // Chinese, Japanese and Korean names are short, and have no spaces around them.
    private static bool IsWide(string text) => text.Any(character => character >= 0x2E80);

    /// <summary>Whether the value of an attribute is a trace.</summary>
    /// <param name="retained">Its value stays in the instance anyway.</param>
    public static bool Tell(uint tag, Vr vr, Func<ConfidentialityOption, bool> retained) => tag switch
    {
        0x00100020 or 0x00101000 or 0x00080050 or 0x00100030 or 0x00102154 or 0x00101040 or 0x00380010 or 0x00101005 => true,
        0x00080080 or 0x00080081 => !retained(ConfidentialityOption.RetainInstitutionIdentity),
        0x00080018 or 0x0020000D or 0x0020000E => !retained(ConfidentialityOption.RetainUids),
        0x00080020 or 0x00080021 or 0x00080022 or 0x00080023 => !retained(ConfidentialityOption.RetainFullDates),
        _ => vr == Vr.PN,
    };
}
