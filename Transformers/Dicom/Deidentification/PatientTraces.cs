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

    private const int Limit = 2048;

    private readonly HashSet<string> traces = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="value">One value or several; of a name its components are taken.</param>
    public void Add(string value, bool isName)
    {
        foreach (string part in value.Split(isName ? ['\\', '^', '=', ' '] : ['\\']))
        {
            string trace = part.Trim(' ', '\0');
            if (trace.Length >= (IsWide(trace) ? 2 : ShortestWord) && traces.Count < Limit) traces.Add(trace);
        }
    }

    public bool AreIn(string text)
    {
        foreach (string trace in traces)
        {
            for (int at = text.IndexOf(trace, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(trace, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (trace.Length >= ShortestPart || IsWide(trace) || IsWord(text, at, trace.Length)) return true;
            }
        }
        return false;
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
