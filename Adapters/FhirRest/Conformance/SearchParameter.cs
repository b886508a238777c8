namespace EHealthPlus.Adapters.FhirRest.Conformance;

/// <summary>What a search parameter looks at: a column of the record's index, or the citizen.</summary>
internal enum SearchField
{
    Id,
    LastUpdated,
    Patient,
    Identifier,

    /// <summary>The identifier of type ACSN: by it an imaging order, its report and its study are found, whichever came first.</summary>
    Accession,
    Code,
    Category,
    Status,
    Date,
    Family,
    Given,
    Gender,
    BirthDate,
    AgentName,
    RegistrationNumber,
    Practitioner,
    Organization,
}

/// <param name="Name">FHIR R4's own name, or a short name of the hub where <paramref name="Documentation"/> says so.</param>
internal sealed record SearchParameter(string Name, SearchField Field, string? Documentation = null)
{
    /// <summary>FHIR R4 search-param-type.</summary>
    public string FhirType => Field switch
    {
        SearchField.Patient or SearchField.Practitioner or SearchField.Organization => "reference",
        SearchField.LastUpdated or SearchField.Date or SearchField.BirthDate => "date",
        SearchField.Family or SearchField.Given or SearchField.AgentName => "string",
        _ => "token",
    };

    /// <summary>A parameter that FHIR R4 does not define for this type.</summary>
    public static SearchParameter OfTheHub(string name, SearchField field) => new(name, field, "Of the hub: FHIR R4 defines none for this element");

    /// <summary>The hub's short name for a parameter that FHIR names otherwise for this type.</summary>
    public static SearchParameter ShortName(string name, SearchField field, string official) =>
        new(name, field, $"Short name of the hub for {official}");
}
