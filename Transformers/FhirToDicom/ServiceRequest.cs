using System.Globalization;
using System.Text.Json;

namespace EHealthPlus.Transformers.FhirToDicom;

/// <summary>Reads an order as it stands in the record, or one of the steps that it contains: what the step does not say, its order does.</summary>
/// <param name="order">The order.</param>
/// <param name="step">Contained in it; undefined where the order is made in one step.</param>
internal readonly struct ServiceRequest(JsonElement order, JsonElement step)
{
    public const string RequestedProcedure = "Requested procedure";
    public const string ScheduledStep = "Scheduled procedure step";

    /// <summary>The step of that number; the order alone where it contains none of it.</summary>
    public static ServiceRequest Of(JsonElement order, string? stepId) => new(
        order, stepId is null ? default : Fhir.Items(order, "contained").FirstOrDefault(contained => NumberIn(contained, ScheduledStep) == stepId || Fhir.Text(contained, "id") == stepId));

    /// <summary>Machine asked for: its name and its AE title.</summary>
    public (string? Name, string? Title) Station => Fhir.Items(Made, "performer").Where(performer => Fhir.Text(performer, "type") == "Device")
        .Select(device => (Fhir.Text(device, "identifier.value"), Fhir.Text(device, "display"))).FirstOrDefault();

    /// <summary>References of the persons who are to carry it out.</summary>
    public IEnumerable<string> Performers => Fhir.Items(order, "performer").Select(performer => Fhir.Text(performer, "reference")).OfType<string>();

    /// <summary>Of the order's details the first that is a modality, else what the department (OBR-24) makes; null where neither says.</summary>
    public string? Modality => Details.Select(detail => Modalities.Of(detail.Code)).FirstOrDefault(modality => modality is not null)
        ?? Fhir.Concepts(order, "category").Select(category => Modalities.OfSection(category.Code)).FirstOrDefault(modality => modality is not null);

    /// <summary>Details that are no modality.</summary>
    public IEnumerable<CodedEntry> Protocols => Details.Where(detail => Modalities.Of(detail.Code) is null);

    public string? Location => (Fhir.Concepts(Made, "locationCode").FirstOrDefault() ?? Fhir.Concepts(order, "locationCode").FirstOrDefault())?.Meaning;

    public string? Reason => string.Join("; ", Fhir.Concepts(order, "reasonCode").Select(reason => reason.Meaning)) is { Length: > 0 } reason ? reason : null;

    private IEnumerable<CodedEntry> Details => Fhir.Concepts(Made, "orderDetail");

    // Where, with what and how it is made: of several steps each says its own.
    private JsonElement Made => step.ValueKind == JsonValueKind.Object ? step : order;

    public string? Text(string path) => Fhir.Text(order, path);

    public CodedEntry? Concept(string element) => Fhir.Concepts(order, element).FirstOrDefault();

    /// <param name="kind">Code of HL7 table 0203, or the text of the type.</param>
    public string? Number(string kind) => (step.ValueKind == JsonValueKind.Object ? NumberIn(step, kind) : null) ?? NumberIn(order, kind);

    private static string? NumberIn(JsonElement request, string kind)
    {
        foreach (var identifier in Fhir.Items(request, "identifier"))
        {
            if (!identifier.TryGetProperty("type", out var type)) continue;
            if (Fhir.Text(type, "text") == kind || Fhir.Items(type, "coding").Any(coding => Fhir.Text(coding, "code") == kind)) return Fhir.Text(identifier, "value");
        }

        return null;
    }

    /// <summary>Date (DA) and time (TM) on the station's clock; no time where the order says only the day.</summary>
    /// <param name="otherwise">Where the order says nothing.</param>
    public (string Date, string? Time) StartIn(TimeSpan offset, DateTimeOffset otherwise)
    {
        var stated = Text("occurrenceTiming.repeat.boundsPeriod.start") ?? Text("occurrenceDateTime") ?? Text("occurrencePeriod.start");
        if (stated is { Length: 10 }) return (stated.Replace("-", "", StringComparison.Ordinal), null);
        var at = stated is { Length: > 10 } && DateTimeOffset.TryParse(stated, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) ? start : otherwise;
        at = at.ToOffset(offset);
        return (at.ToString("yyyyMMdd", CultureInfo.InvariantCulture), at.ToString("HHmmss", CultureInfo.InvariantCulture));
    }
}
