using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Monitoring.Console.Images;

/// <summary>What the console says of a study: read off the answer of the record (DICOM JSON, PS3.18-2024 annex F).</summary>
/// <param name="Date">2026-01-10, or empty.</param>
/// <param name="Patient">All groups of the name, parted by spaces.</param>
/// <param name="Images">-1 where it is not known.</param>
internal sealed record ShownStudy(string Uid, string Date, string Description, string Modalities, string Patient, string AccessionNumber, long Images, long Series)
{
    public static ShownStudy Of(ImagingMatch match)
    {
        var (date, description, modalities, patient, accession) = ("", "", "", "", "");
        var (images, series) = (-1L, -1L);
        foreach (var level in match.Json)
        {
            using var json = JsonDataSet.Parse(level);
            var attributes = json.RootElement;
            date = DateOf(JsonDataSet.Text(attributes, "00080020")) ?? date;
            description = JsonDataSet.Text(attributes, "00081030") ?? description;
            modalities = All(attributes, "00080061") ?? JsonDataSet.Text(attributes, "00080060") ?? modalities;
            accession = JsonDataSet.Text(attributes, "00080050") ?? accession;
            patient = NameOf(attributes) ?? patient;
            images = CountOf(attributes, "00201208") ?? images;
            series = CountOf(attributes, "00201206") ?? series;
        }

        return new(match.Key.StudyInstanceUid, date, description, modalities, patient, accession, images, series);
    }

    private static string? All(JsonElement attributes, string tag)
    {
        var values = string.Join(' ', JsonDataSet.Values(attributes, tag).Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()));
        return values.Length == 0 ? null : values;
    }

    private static long? CountOf(JsonElement attributes, string tag) =>
        JsonDataSet.Values(attributes, tag).FirstOrDefault() switch
        {
            { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var count) => count,
            { ValueKind: JsonValueKind.String } value when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) => count,
            _ => null,
        };

    private static string? NameOf(JsonElement attributes)
    {
        if (JsonDataSet.Values(attributes, "00100010").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } name) return null;
        var groups = new[] { "Alphabetic", "Ideographic" }
            .Select(group => name.TryGetProperty(group, out var text) ? text.GetString()?.Replace("^", group == "Ideographic" ? "" : " ", StringComparison.Ordinal).Trim() : null);
        return string.Join(' ', groups.Where(group => !string.IsNullOrEmpty(group)));
    }

    private static string? DateOf(string? day) =>
        DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
