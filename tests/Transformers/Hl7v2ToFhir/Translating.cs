using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Messages for the tests, and what the translator makes of them.</summary>
internal static class Translating
{
    public const string Patient = "PID|1||PN123456^^^LABHK^MR||TESTPATIENT^ALPHA||19800102|F";

    public static readonly Source Laboratory = new("lab", "lab-hk", "lab-1", "LAB", "LABHK");

    public static TranslationContext Context(string? offset = null, string? subject = null, string source = "lab") =>
        new(Laboratory with { Id = source, UtcOffset = offset }, new DepositId(7), subject is null ? null : [new(subject)], new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(8)));

    /// <summary>A result message with one order and the OBX given.</summary>
    public static string Result(string obx, string obr = "OBR|1||F1^LAB|58410-2^CBC^LN|||20260102020000+0800||||||||||||||||||F") =>
        Message("ORU^R01^ORU_R01", Patient, obr, obx);

    public static string Message(string type, params string[] segments) =>
        string.Join('\r', ["MSH|^~\\&|LAB|LABHK|EHR|HUB|20260102||" + type + "|M1|P|2.5.1||||||UNICODE UTF-8", .. segments]) + "\r";

    public static Translation Translate(string message, TranslationContext? context = null)
    {
        var result = new Hl7v2Translator().Translate(Encoding.UTF8.GetBytes(message), context ?? Context());
        Assert.True(result.Accepted, result.Rejection?.ToString());
        return result.Value;
    }

    public static JsonElement Resource(this Translation translation, string type, int position = 0) =>
        JsonDocument.Parse(translation.Resources.Where(resource => resource.Type == type).ElementAt(position).Json).RootElement;

    public static TranslatedResource Entry(this Translation translation, string type, int position = 0) =>
        translation.Resources.Where(resource => resource.Type == type).ElementAt(position);

    /// <summary>The element as JSON, or null: found by names and positions such as name/0/family.</summary>
    public static string? At(this JsonElement element, string path)
    {
        foreach (var step in path.Split('/'))
        {
            if (element.ValueKind == JsonValueKind.Array && int.TryParse(step, System.Globalization.CultureInfo.InvariantCulture, out var position))
            {
                if (position >= element.GetArrayLength()) return null;
                element = element[position];
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText();
    }

    public static LedgerRow Row(this Translation translation, string location) =>
        translation.Ledger.Rows().Single(row => row.Location.ToString() == location);

    public static IEnumerable<(string Name, byte[] Bytes)> Corpus()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "tests/Corpus/hl7v2"))) folder = folder.Parent;
        Assert.NotNull(folder);
        return Directory.EnumerateFiles(Path.Combine(folder.FullName, "tests/Corpus/hl7v2"), "*.hl7").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)));
    }
}
