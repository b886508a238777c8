using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Golden.Pairs;

/// <summary>A translation as the three texts of a golden pair.</summary>
/// <param name="Bundle">Indented JSON.</param>
/// <param name="Resources">One line a resource: id, how it is written, category, index.</param>
/// <param name="Ledger">One line a leaf.</param>
public sealed record TranslationText(string Bundle, string Resources, string Ledger)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TranslationText Of(Translation translation)
    {
        using var bundle = JsonDocument.Parse(translation.Bundle);
        return new(JsonSerializer.Serialize(bundle.RootElement, Indented) + "\n", ResourceLines(translation), LedgerLines(translation.Ledger));
    }

    private static string ResourceLines(Translation translation)
    {
        var text = new StringBuilder();
        foreach (var resource in translation.Resources)
        {
            text.Append(CultureInfo.InvariantCulture, $"{resource.Type}/{resource.Id} {resource.Mode} {resource.Category}{(resource.AboutPatient ? "" : " shared")}\n");
            if (resource.DeletedElements.Count > 0) text.Append(CultureInfo.InvariantCulture, $"  deletes {string.Join(", ", resource.DeletedElements)}\n");
            if (resource.Index.Status is { } status) text.Append(CultureInfo.InvariantCulture, $"  status {status}\n");
            if (resource.Index.Date is { } date) text.Append(CultureInfo.InvariantCulture, $"  date {date}\n");
            foreach (var code in resource.Index.Codes) text.Append(CultureInfo.InvariantCulture, $"  code {code}\n");
            foreach (var category in resource.Index.Categories) text.Append(CultureInfo.InvariantCulture, $"  category {category}\n");
        }

        return text.ToString();
    }

    private static string LedgerLines(ILedger ledger)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"mapped {ledger.Mapped}, carried {ledger.Carried}, dropped {ledger.Dropped}\n");
        foreach (var row in ledger.Rows())
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Location} = {row.Value.ReplaceLineEndings("\\n")} | {row.Disposition}");
            if (row.Path.Count > 0) text.Append(CultureInfo.InvariantCulture, $" | {string.Join("; ", row.Path)}");
            if (row.Rule is { } rule) text.Append(CultureInfo.InvariantCulture, $" | {rule}");
            text.Append('\n');
        }

        return text.ToString();
    }
}
