using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.FhirRest.Audit;

/// <summary>
/// How an action is coded: AuditEvent.type and subtype (FHIR R4; DICOM PS3.16 CID 400 and 401 for what is no RESTful interaction),
/// AuditEvent.action, and the IHE BALP profile that a permitted one follows.
/// </summary>
/// <param name="Subtype">Code of the FHIR restful interactions or of DICOM; null where only the hub's own word says it.</param>
/// <param name="Profile">BALP profile without its Patient prefix; null for none.</param>
internal sealed record AuditEventKind(string TypeSystem, string Type, string TypeDisplay, string? SubtypeSystem, string? Subtype, string Action, string? Profile)
{
    private const string Rest = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private const string Restful = "http://hl7.org/fhir/restful-interaction";
    public const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string DicomQuery = "110112";

    /// <summary>True where an entity of role Query says what was asked.</summary>
    public bool IsQuery => Subtype is "search-type" or "operation" || Type == DicomQuery;

    /// <summary>True where data goes from the hub to the client: BALP then calls the client the destination.</summary>
    public bool Outward => Action == "R";

    public static AuditEventKind Of(string action) => action switch
    {
        AuditAction.Read => OfRest("read", "R", "Read"),
        AuditAction.Search => OfRest("search-type", "E", "Query"),
        AuditAction.History => OfRest("history-instance", "R", null),
        AuditAction.Everything => OfRest("operation", "E", null),
        AuditAction.ConsentGive or AuditAction.Enrol => OfRest("create", "C", "Create"),
        AuditAction.ConsentRevoke => OfRest("update", "U", "Update"),
        AuditAction.Deposit or AuditAction.Upload => new(Dicom, "110107", "Import", null, null, "C", null),
        AuditAction.ImageSearch or AuditAction.WorklistQuery => new(Dicom, DicomQuery, "Query", null, null, "E", null),
        AuditAction.ImageRetrieve => new(Dicom, "110104", "DICOM Instances Transferred", null, null, "R", null),
        AuditAction.ImageView => new(Dicom, "110103", "DICOM Instances Accessed", null, null, "R", null),
        AuditAction.SignIn or AuditAction.SignInRefused => new(Dicom, "110114", "User Authentication", Dicom, "110122", "E", null),
        AuditAction.SignOut => new(Dicom, "110114", "User Authentication", Dicom, "110123", "E", null),
        _ => new(Dicom, "110100", "Application Activity", null, null, "E", null),
    };

    private static AuditEventKind OfRest(string interaction, string action, string? profile) =>
        new(Rest, "rest", "Restful Operation", Restful, interaction, action, profile);
}
