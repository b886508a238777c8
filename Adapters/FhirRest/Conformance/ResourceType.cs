namespace EHealthPlus.Adapters.FhirRest.Conformance;

/// <summary>A resource type that the interface serves. The router, the search and the CapabilityStatement all read this one table.</summary>
/// <param name="PatientData">True where each resource belongs to a citizen's record.</param>
internal sealed record ResourceType(
    string Name, bool PatientData, IReadOnlyList<Interaction> Interactions, IReadOnlyList<SearchParameter> Parameters)
{
    private static readonly Interaction[] ReadOnly =
        [Interaction.Read, Interaction.Vread, Interaction.HistoryInstance, Interaction.SearchType];

    public static readonly IReadOnlyList<ResourceType> All =
    [
        new("Patient", true, [.. ReadOnly, Interaction.Everything, Interaction.Match, Interaction.Pix],
        [
            new("_id", SearchField.Id, "One id; of the index's Patient or of a source's"),
            new("identifier", SearchField.Identifier, "One Hong Kong identity card number, with or without brackets"),
            new("family", SearchField.Family, "For registrars, with birthdate: in any spelling or script of its sounds"), new("given", SearchField.Given, "For registrars, with family"),
            new("birthdate", SearchField.BirthDate, "For registrars: one whole day"), new("gender", SearchField.Gender, "For registrars: female, male or other"),
        ]),
        Clinical("Encounter", new("type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "type"), new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("Condition",
            new("category", SearchField.Category), new("code", SearchField.Code), new("clinical-status", SearchField.Status),
            SearchParameter.ShortName("status", SearchField.Status, "clinical-status"),
            new("date", SearchField.Date, "The date in the index: onset, or else when it was recorded")),
        Clinical("Procedure",
            new("category", SearchField.Category), new("code", SearchField.Code), new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("AllergyIntolerance",
            new("category", SearchField.Category), new("code", SearchField.Code), new("clinical-status", SearchField.Status),
            SearchParameter.ShortName("status", SearchField.Status, "clinical-status"), new("date", SearchField.Date)),
        Clinical("RelatedPerson") with { Interactions = [.. ReadOnly, Interaction.Create, Interaction.Update] },
        Clinical("Coverage",
            new("type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "type"), new("status", SearchField.Status),
            SearchParameter.OfTheHub("date", SearchField.Date)),
        Directory("Practitioner", new SearchParameter("identifier", SearchField.RegistrationNumber, "Registration number of a professional of the registry")),
        Directory("Organization"),
        Directory("Location", new SearchParameter("status", SearchField.Status)),
        Clinical("Account",
            new("status", SearchField.Status), new("type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "type"),
            new("period", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "period")),
        Clinical("ChargeItem",
            new("code", SearchField.Code), SearchParameter.OfTheHub("status", SearchField.Status),
            new("occurrence", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "occurrence")),
        Clinical("Claim",
            new("status", SearchField.Status), SearchParameter.OfTheHub("type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "type"),
            new("created", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "created")),
        Directory("PractitionerRole",
            new("practitioner", SearchField.Practitioner, "Affiliations of a professional of the registry"), new("organization", SearchField.Organization, "Affiliations with a provider of the registry"),
            new("role", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "role")),
        Clinical("ServiceRequest",
            new("identifier", SearchField.Accession, "The accession number"), new("category", SearchField.Category), new("code", SearchField.Code), new("status", SearchField.Status),
            new("authored", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "authored")),
        Clinical("Specimen",
            new("status", SearchField.Status), new("type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "type"),
            new("collected", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "collected")),
        Clinical("DiagnosticReport",
            new("identifier", SearchField.Accession, "The accession number"), new("category", SearchField.Category), new("code", SearchField.Code), new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("Observation",
            new("category", SearchField.Category), new("code", SearchField.Code), new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("MedicationRequest",
            new("category", SearchField.Category), new("code", SearchField.Code), new("status", SearchField.Status),
            new("authoredon", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "authoredon")),
        Clinical("MedicationDispense",
            SearchParameter.OfTheHub("category", SearchField.Category), new("code", SearchField.Code), new("status", SearchField.Status),
            new("whenhandedover", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "whenhandedover")),
        Clinical("MedicationAdministration",
            SearchParameter.OfTheHub("category", SearchField.Category), new("code", SearchField.Code), new("status", SearchField.Status),
            new("effective-time", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "effective-time")),
        Clinical("Immunization",
            new("vaccine-code", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "vaccine-code"),
            new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("ImmunizationRecommendation", new SearchParameter("date", SearchField.Date)),
        Clinical("DocumentReference",
            new("category", SearchField.Category), new("type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "type"),
            new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("Appointment",
            new("status", SearchField.Status), new("service-type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "service-type"), new("date", SearchField.Date)),
        Clinical("AppointmentResponse", SearchParameter.OfTheHub("date", SearchField.Date)),
        Clinical("Goal",
            SearchParameter.OfTheHub("code", SearchField.Code),
            new("category", SearchField.Category), new("lifecycle-status", SearchField.Status), SearchParameter.ShortName("status", SearchField.Status, "lifecycle-status"),
            new("start-date", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "start-date")),
        Clinical("CarePlan", new("category", SearchField.Category), new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("ImagingStudy", new("identifier", SearchField.Accession, "The accession number"), new("status", SearchField.Status), new("started", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "started")),
        Directory("Endpoint", new SearchParameter("status", SearchField.Status)),
        Clinical("EpisodeOfCare",
            new("type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "type"), new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("CareTeam", new("category", SearchField.Category), new("status", SearchField.Status), new("date", SearchField.Date)),
        Clinical("ClaimResponse", new("status", SearchField.Status), new("created", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "created")),
        Directory("Schedule"),
        Directory("Slot", new("status", SearchField.Status), new("start", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "start")),
        Clinical("Task",
            new("code", SearchField.Code), new("status", SearchField.Status),
            new("authored-on", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "authored-on")),
        Clinical("Communication",
            new("category", SearchField.Category), new("status", SearchField.Status),
            new("sent", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "sent")),
        Clinical("ResearchSubject", new("status", SearchField.Status), new("date", SearchField.Date)),
        Directory("ResearchStudy", new("category", SearchField.Category), new("status", SearchField.Status)),
        Directory("Device", new("type", SearchField.Code), SearchParameter.ShortName("code", SearchField.Code, "type"), new("status", SearchField.Status)),
        Clinical("Provenance", new("recorded", SearchField.Date), SearchParameter.ShortName("date", SearchField.Date, "recorded")),
        new("AuditEvent", true, ReadOnly,
        [
            new("_id", SearchField.Id), new("patient", SearchField.Patient, "A citizen who names nobody means the own record"), new("date", SearchField.Date),
            new("subtype", SearchField.Code, "The hub's action, such as read, deposit, consent-give"), new("outcome", SearchField.Status, "0 permitted, 4 refused"),
            new("agent-name", SearchField.AgentName, "Name of the account, whole"),
        ]),
        new("Consent", true, [.. ReadOnly, Interaction.Create, Interaction.Update],
        [
            new("_id", SearchField.Id), new("patient", SearchField.Patient), new("category", SearchField.Category, "joining or sharing"),
            new("status", SearchField.Status, "active or inactive"),
        ]),
    ];

    private static readonly Dictionary<string, ResourceType> ByName = All.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Interactions with no resource type.</summary>
    public static readonly IReadOnlyList<Interaction> OfTheSystem = [Interaction.Transaction];

    /// <returns>Null where the type is not served; names are case-sensitive (FHIR R4 3.1.0.1).</returns>
    public static ResourceType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>True where the record store keeps it: not what is composed from the index, the consents and the audit trail.</summary>
    public bool InRecord => Name is not ("Patient" or "Consent" or "AuditEvent");

    /// <summary>The references of this type that lead to a type that is served.</summary>
    public IEnumerable<ReferenceParameter> Includes => ReferenceParameter.ByType[Name].Where(reference => reference.Targets.Any(target => Find(target) is not null));

    /// <summary>The references that lead to this type. Patient data is looked for from patient data only: within one citizen's record.</summary>
    public IEnumerable<ReferenceParameter> ReverseIncludes => ReferenceParameter.To(Name).Where(reference => Find(reference.Type) is { } holder && holder.PatientData == PatientData);

    public bool Supports(Interaction interaction) => Interactions.Contains(interaction);

    private static ResourceType Clinical(string name, params SearchParameter[] own)
    {
        // FHIR R4 defines subject beside patient only where the subject may be another than a patient.
        List<SearchParameter> parameters =
        [
            new("_id", SearchField.Id), new("_lastUpdated", SearchField.LastUpdated), new("patient", SearchField.Patient),
            name is "Immunization" or "ImmunizationRecommendation"
                or "AllergyIntolerance" or "RelatedPerson" or "Coverage" or "Provenance" or "Appointment" or "AppointmentResponse" or "ClaimResponse" or "Claim"
                ? SearchParameter.ShortName("subject", SearchField.Patient, "patient")
                : new("subject", SearchField.Patient),
            .. own,
        ];
        return new(name, true, ReadOnly, parameters);
    }

    private static ResourceType Directory(string name, params SearchParameter[] own) =>
        new(name, false, ReadOnly, [new("_id", SearchField.Id), new("_lastUpdated", SearchField.LastUpdated), .. own]);
}
