namespace EHealthPlus.Routing.Contracts.Record;

/// <summary>
/// URIs that the hub itself has to name in FHIR. No public registry holds a URI for the Hong Kong identity card,
/// so the hub names it in its own space in place of claiming a department's domain. They never change.
/// </summary>
public static class FhirSystems
{
    /// <summary>Identifier.system of a Hong Kong identity card number; the value is written without brackets, A1234563.</summary>
    public const string HongKongIdentityCard = "urn:ehealthplus:identifier:hkid";

    /// <summary>Identifier.system of a healthcare provider's id in the registry.</summary>
    public const string Provider = "urn:ehealthplus:identifier:provider";

    /// <summary>Begin of Identifier.system of a professional's registration number; a colon and the key of the profession follow.</summary>
    public const string RegistrationNumber = "urn:ehealthplus:identifier:registration-number";

    /// <summary>Coding.system of a profession: medical-practitioner, nurse.</summary>
    public const string Profession = "urn:ehealthplus:codesystem:profession";

    /// <summary>Coding.system of Consent.category: joining, sharing, derived.</summary>
    public const string ConsentKind = "urn:ehealthplus:codesystem:consent-kind";

    /// <summary>Extension.url of how an index field came to be known; valueCode stated, document-seen or chip-read.</summary>
    public const string Assurance = "urn:ehealthplus:extension:assurance";

    /// <summary>Coding.system of Consent.policyRule: the rules of the access policy, as decisions name them.</summary>
    public const string AccessRule = "urn:ehealthplus:codesystem:access-rule";

    /// <summary>Coding.system of RelatedPerson.relationship: why somebody decides for a citizen, minor or lacking-capacity.</summary>
    public const string SubstitutionGround = "urn:ehealthplus:codesystem:substitution-ground";

    /// <summary>Coding.system of AuditEvent.subtype: the words of AuditAction.</summary>
    public const string AuditAction = "urn:ehealthplus:codesystem:audit-action";

    /// <summary>Coding.system of AuditEvent.agent.role: clinician, citizen, source.</summary>
    public const string Role = "urn:ehealthplus:codesystem:role";

    /// <summary>Coding.system of OperationOutcome.issue.details: the numbers of RejectionCode.</summary>
    public const string Rejection = "urn:ehealthplus:codesystem:rejection";
}
