using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>
/// A right that the law derives from the joining consent, as FHIR R4 Consent: the citizen sees who may read without having been asked
/// again, and by which rule. It begins and ends with the joining consent, and can't be given or revoked on its own.
/// </summary>
internal static class DerivedConsent
{
    /// <summary>Of all joining consents, each with each right.</summary>
    public static IEnumerable<(string Id, IReadOnlyList<ServedResource> Versions)> Of(IReadOnlyList<Consent> consents, IReadOnlyList<DerivedRight> rights, DateTimeOffset at) =>
        from joining in consents
        where joining.Kind == ConsentKind.Joining
        from right in rights
        let id = $"{joining.Id}-{KeyOf(right.Kind)}"
        select (id, Versions(id, joining, right, at));

    private static IReadOnlyList<ServedResource> Versions(string id, Consent joining, DerivedRight right, DateTimeOffset at)
    {
        var given = Compose(id, joining, right, 1, "active", joining.GivenAt);
        return joining.RevokedAt is { } ended && ended <= at ? [Compose(id, joining, right, 2, "inactive", ended), given] : [given];
    }

    private static ServedResource Compose(string id, Consent joining, DerivedRight right, int version, string status, DateTimeOffset lastUpdated) =>
        ServedResource.Compose("Consent", id, version, lastUpdated, (json, versionId) =>
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "Consent");
            json.WriteString("id", id);
            json.WriteMeta(versionId, lastUpdated);
            json.WriteString("status", status);
            json.WriteConcept("scope", "http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", "Privacy Consent");
            json.WriteStartArray("category");
            json.WriteConcept(null, FhirSystems.ConsentKind, "derived", "Derived from the joining consent by law");
            json.WriteEndArray();
            json.WriteReference("patient", $"Patient/{joining.PersonId}");
            json.WriteString("dateTime", DataTypes.Instant(joining.GivenAt));
            json.WriteReference("sourceReference", $"Consent/{joining.Id}");
            json.WriteStartObject("policyRule");
            json.WriteStartArray("coding");
            json.WriteCoding(FhirSystems.AccessRule, right.RuleId, right.Title.English);
            json.WriteEndArray();
            json.WriteString("text", $"{right.LegalBasis.English} {right.LegalBasis.Chinese}");
            json.WriteEndObject();
            WriteProvision(json, joining, right);
            json.WriteEndObject();
        });

    private static void WriteProvision(Utf8JsonWriter json, Consent joining, DerivedRight right)
    {
        json.WriteStartObject("provision");
        json.WriteString("type", "permit");
        json.WriteStartObject("period");
        json.WriteString("start", DataTypes.Instant(joining.GivenAt));
        if (joining.RevokedAt is { } revoked) json.WriteString("end", DataTypes.Instant(revoked));
        json.WriteEndObject();
        json.WriteStartArray("actor");
        json.WriteStartObject();
        json.WriteConcept("role", "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient");
        json.WriteStartObject("reference");
        json.WriteString("display", right.Kind switch
        {
            ProviderKind.HospitalAuthority => "Hospital Authority 醫院管理局",
            ProviderKind.DepartmentOfHealth => "Department of Health 衞生署",
            _ => right.Kind.ToString(),
        });
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("action");
        json.WriteConcept(null, "http://terminology.hl7.org/CodeSystem/consentaction", "access", "Access");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string KeyOf(ProviderKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
