using System.Text;

namespace EHealthPlus.Routing.Contracts.Imaging.Matching;

/// <summary>Names as they are compared (PS3.4-2024 C.2.2.2.1): letter case and forms of width do not count, nor do delimiters at the end.</summary>
public static class FoldedText
{
    public static string Of(string text)
    {
        var trimmed = text.AsSpan().Trim().TrimEnd("^ ");
        return trimmed.IsEmpty ? "" : trimmed.ToString().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
    }
}
