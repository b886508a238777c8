using System.Text;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Lists of alternatives and tokens in search values (FHIR R4 3.1.1.4.3 and 3.1.1.4.13).</summary>
internal static class TokenParameter
{
    /// <summary>Alternatives in one value.</summary>
    private const int MostAlternatives = 50;

    /// <summary>Splits at commas; \, \| \$ and \\ stand for the character itself.</summary>
    /// <returns>Null where an alternative is empty or an escape is none of these, or there are too many.</returns>
    public static IReadOnlyList<string>? Alternatives(string value)
    {
        var alternatives = new List<string>();
        var current = new StringBuilder();
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == '\\')
            {
                if (++at == value.Length || value[at] is not (',' or '|' or '$' or '\\')) return null;
                current.Append(value[at]);
            }
            else if (value[at] == ',')
            {
                alternatives.Add(current.ToString());
                current.Clear();
            }
            else
            {
                current.Append(value[at]);
            }
        }

        alternatives.Add(current.ToString());
        return alternatives.Count > MostAlternatives || alternatives.Contains("", StringComparer.Ordinal) ? null : alternatives;
    }

    /// <summary>True for system|code, |code and code. A system alone is not searched for.</summary>
    public static bool NamesCode(string token) => token.Length > token.LastIndexOf('|') + 1;

    /// <summary>The system of a token: empty for |code, null where it states none.</summary>
    public static string? SystemOf(string token) => token.LastIndexOf('|') is >= 0 and var bar ? token[..bar] : null;

    /// <summary>The code of a token whose system is implied by the element, such as a status.</summary>
    public static string CodeOf(string token) => token[(token.LastIndexOf('|') + 1)..];
}
