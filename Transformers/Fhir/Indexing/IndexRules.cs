using System.Collections.Frozen;
using System.Text.Json;

namespace EHealthPlus.Transformers.Fhir.Indexing;

/// <summary>Which elements of each resource type the record can be searched by, as FHIR R4's search parameters date, code, category and status see them.</summary>
public static class IndexRules
{
    private static readonly FrozenDictionary<string, string[]> Dates = new Dictionary<string, string[]>
    {
        ["Observation"] = ["effectiveDateTime", "effectivePeriod", "issued"],
        ["DiagnosticReport"] = ["effectiveDateTime", "effectivePeriod", "issued"],
        ["MedicationRequest"] = ["authoredOn"],
        ["MedicationDispense"] = ["whenHandedOver", "whenPrepared"],
        ["MedicationAdministration"] = ["effectiveDateTime", "effectivePeriod"],
        ["Immunization"] = ["occurrenceDateTime"],
        ["ImmunizationRecommendation"] = ["date"],
        ["Encounter"] = ["period"],
        ["Coverage"] = ["period"],
        ["Condition"] = ["onsetDateTime", "recordedDate"],
        ["Procedure"] = ["performedDateTime", "performedPeriod"],
        ["AllergyIntolerance"] = ["recordedDate", "onsetDateTime"],
        ["ServiceRequest"] = ["authoredOn", "occurrenceDateTime", "occurrencePeriod"],
        ["DocumentReference"] = ["date"],
        ["Specimen"] = ["collection.collectedDateTime", "collection.collectedPeriod", "receivedTime"],
        ["Provenance"] = ["recorded"],
        ["Appointment"] = ["start", "requestedPeriod.start"],
        ["AppointmentResponse"] = ["start"],
        ["Slot"] = ["start"],
        ["Goal"] = ["startDate"],
        ["CarePlan"] = ["period", "created"],
        ["CareTeam"] = ["period"],
        ["EpisodeOfCare"] = ["period"],
        ["ClaimResponse"] = ["created"],
        ["Task"] = ["authoredOn"],
        ["ResearchSubject"] = ["period"],
        ["Communication"] = ["sent"],
        ["Account"] = ["servicePeriod"],
        ["ChargeItem"] = ["occurrenceDateTime", "occurrencePeriod", "enteredDate"],
        ["Claim"] = ["created"],
        ["ImagingStudy"] = ["started"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Code of HL7 table 0203 of an identifier that is an accession number.</summary>
    public const string Accession = "ACSN";

    /// <summary>The system of DICOM UIDs (R4 ImagingStudy.identifier).</summary>
    public const string DicomUid = "urn:dicom:uid";

    /// <summary>Stands before a UID that is written as a URI.</summary>
    public const string Oid = "urn:oid:";

    /// <summary>identifier.type.text of an order's Requested Procedure ID (0040,1001).</summary>
    public const string RequestedProcedure = "Requested procedure";

    /// <summary>identifier.type.text of an order's Scheduled Procedure Step ID (0040,0009).</summary>
    public const string ScheduledStep = "Scheduled procedure step";

    /// <summary>Id of a step in its order begins so, and its number follows.</summary>
    public const string Step = "step-";

    /// <summary>The steps that an order is made in: the ServiceRequests that it contains.</summary>
    public static IEnumerable<JsonElement> StepsOf(JsonElement order) =>
        order.TryGetProperty("contained", out var contained) && contained.ValueKind == JsonValueKind.Array ? contained.EnumerateArray().Where(IsStep) : [];

    /// <summary>Whether a contained resource is a step of the order that contains it.</summary>
    public static bool IsStep(JsonElement contained) => contained.ValueKind == JsonValueKind.Object
        && contained.TryGetProperty("resourceType", out var type) && type.ValueEquals("ServiceRequest")
        && contained.TryGetProperty("id", out var id) && id.GetString()!.StartsWith(Step, StringComparison.Ordinal);

    /// <summary>Elements that may hold when an order is to be carried out, the first that is there counts.</summary>
    public static ReadOnlySpan<string> Scheduled => ScheduledElements;

    private static readonly string[] ScheduledElements = ["occurrenceTiming.repeat.boundsPeriod.start", "occurrenceDateTime", "occurrencePeriod.start", "authoredOn"];

    /// <summary>
    /// Whether the department (OBR-24) makes images: HL7 table 0074, and the modalities of DICOM that IHE RAD TF-2 4.4 puts into the same
    /// field. PT and OT are not among them: the table has physical and occupational therapy there.
    /// </summary>
    public static bool IsImagingSection(ReadOnlySpan<char> code) => code is
        "CT" or "CTH" or "CUS" or "NMR" or "NMS" or "OUS" or "RAD" or "RUS" or "RX" or "VUS" or "XRC"
        or "CR" or "DX" or "MR" or "US" or "MG" or "XA" or "RF" or "NM" or "PX" or "IO";

    /// <summary>Whether a system|code pair of a category names such a department.</summary>
    public static bool IsImagingToken(string token) => IsImagingSection(token.AsSpan(token.LastIndexOf('|') + 1));

    /// <summary>The bare UID of an identifier's value.</summary>
    public static string? WithoutOid(string? value) => value is not null && value.StartsWith(Oid, StringComparison.Ordinal) ? value[Oid.Length..] : value;

    /// <summary>Whether resources of the type are found by their accession number.</summary>
    public static bool HasAccession(string type) => type is "ServiceRequest" or "DiagnosticReport" or "ImagingStudy";

    /// <summary>Elements that may hold the clinical date, a date or a Period, the first that is there counts; a dot goes into an object.</summary>
    public static ReadOnlySpan<string> DatesOf(string type) => Dates.GetValueOrDefault(type);

    /// <summary>A Period as the index takes it (<see cref="Routing.Contracts.Record.ResourceIndex.Date"/>).</summary>
    public static string? PeriodOf(string? start, string? end) => start is null ? end : $"{start}/{end}";

    /// <summary>
    /// The element that says what it is; null where the type has none. A drug whose medicationReference points into the resource itself is
    /// found by the code of the contained Medication.
    /// </summary>
    public static string? CodeOf(string type) => type switch
    {
        "MedicationRequest" or "MedicationDispense" or "MedicationAdministration" => "medicationCodeableConcept",
        "Immunization" => "vaccineCode",
        "Patient" or "Practitioner" or "Organization" or "Location" or "MessageHeader" or "Provenance" => null,
        "AppointmentResponse" or "Slot" or "Schedule" or "CarePlan" or "CareTeam" or "ClaimResponse" or "OperationOutcome" or "Communication" or "ResearchSubject" or "ResearchStudy" => null,
        "ImmunizationRecommendation" or "ImagingStudy" or "Endpoint" => null,
        "Appointment" => "serviceType",
        "Goal" => "description",
        "Encounter" or "EpisodeOfCare" or "Specimen" or "DocumentReference" or "Coverage" or "Device" => "type",
        "Account" or "Claim" => "type",
        _ => "code",
    };
}
