using System.Text.RegularExpressions;

namespace EHealthPlus.Tests.Agreement;

/// <summary>What must hold for a row to apply, read off the map's own words well enough to build a message where it holds.</summary>
public static partial class StatedCondition
{
    /// <summary>What one clause asks of a field or component.</summary>
    /// <param name="At">Such as OBX-2, OBX-5.1, HD.3.</param>
    /// <param name="Ask">What it must be.</param>
    /// <param name="Literal">For <see cref="Ask.Is"/> the value.</param>
    public readonly record struct Clause(string At, Ask Ask, string Literal = "");

    public enum Ask { Valued, NotValued, Is, IsNot, Repeats }

    public static IReadOnlyList<Clause> Read(string condition, string own)
    {
        var clauses = new List<Clause>();
        var places = Place().Matches(condition);
        if (places.Count == 0 && condition.Length > 0) return Predicate(condition, own) is { } only ? [only] : [];
        for (var number = 0; number < places.Count; number++)
        {
            // PRT-5 AND PRT-6 NOT VALUED: the first shares what is said of the next.
            for (var said = number; said < places.Count; said++)
            {
                var end = said + 1 < places.Count ? places[said + 1].Index : condition.Length;
                var words = condition[(places[said].Index + places[said].Length)..end];
                if (Predicate(words, places[number].Value) is not { } clause) continue;
                clauses.Add(clause);
                break;
            }
        }

        return clauses;
    }

    private static Clause? Predicate(string words, string at)
    {
        var text = words.ToUpperInvariant();
        var literal = Quoted().Match(words) is { Success: true } quoted ? quoted.Groups[1].Value : null;
        var not = text.Contains("NOT ", StringComparison.Ordinal);
        if (literal is not null) return new Clause(at, not ? Ask.IsNot : Ask.Is, literal);
        if (text.Contains("NOT VALUED", StringComparison.Ordinal) || text.Contains("NOT EXIST", StringComparison.Ordinal) || text.Contains("EMPTY", StringComparison.Ordinal)) return new Clause(at, Ask.NotValued);
        if (text.Contains("COUNT>1", StringComparison.Ordinal) || text.Contains("COUNT GREATER", StringComparison.Ordinal)) return new Clause(at, Ask.Repeats);
        return text.Contains("VALUE", StringComparison.Ordinal) ? new Clause(at, Ask.Valued) : null;
    }

    [GeneratedRegex(@"\b[A-Z][A-Z0-9]{1,2}[-.]\d+(?:\.\d+)*")]
    private static partial Regex Place();

    [GeneratedRegex("[\"'“]([^\"'”]*)[\"'”]")]
    private static partial Regex Quoted();
}
