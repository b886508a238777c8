using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>A consent as FHIR R4 Consent. Version 1 is the consent as given; version 2 says that it was revoked or has expired.</summary>
internal static class ConsentResource
{
    public static string CodeOf(ConsentKind kind) => kind == ConsentKind.Joining ? "joining" : "sharing";

    public static string StatusAt(Consent consent, DateTimeOffset at) => EndedAt(consent, at) is null ? "active" : "inactive";

    public static ServedResource Compose(Consent consent, DateTimeOffset at) => Versions(consent, at)[0];

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<ServedResource> Versions(Consent consent, DateTimeOffset at)
    {
        var given = Compose(consent, 1, "active", consent.GivenAt);
        return EndedAt(consent, at) is { } ended ? [Compose(consent, 2, "inactive", ended), given] : [given];
    }

    private static DateTimeOffset? EndedAt(Consent consent, DateTimeOffset at)
    {
        var ended = consent.RevokedAt < consent.ExpiresAt ? consent.RevokedAt : consent.ExpiresAt ?? consent.RevokedAt;
        return ended <= at ? ended : null;
    }

    private static ServedResource Compose(Consent consent, int version, string status, DateTimeOffset lastUpdated) =>
        ServedResource.Compose("Consent", consent.Id, version, lastUpdated, (json, versionId) => Write(json, consent, versionId, status, lastUpdated));

    private static void Write(Utf8JsonWriter json, Consent consent, string versionId, string status, DateTimeOffset lastUpdated)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Consent");
        json.WriteString("id", consent.Id);
        json.WriteMeta(versionId, lastUpdated);
        json.WriteString("status", status);
        json.WriteConcept("scope", "http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", "Privacy Consent");
        json.WriteStartArray("category");
        json.WriteConcept(
            null, FhirSystems.ConsentKind, CodeOf(consent.Kind), consent.Kind == ConsentKind.Joining ? "Joining consent" : "Sharing consent");
        json.WriteEndArray();
        json.WriteReference("patient", $"Patient/{consent.PersonId}");
        json.WriteString("dateTime", DataTypes.Instant(consent.GivenAt));
        if (consent.SubstituteDecisionMakerId is { } maker)
        {
            json.WriteStartArray("performer");
            json.WriteStartObject();
            json.WriteString("reference", $"RelatedPerson/{maker}");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartObject("policyRule");
        json.WriteString("text", $"Electronic Health Record Sharing System Ordinance (Cap. 625), section {(consent.Kind == ConsentKind.Joining ? 6 : 12)}");
        json.WriteEndObject();
        WriteProvision(json, consent);
        json.WriteEndObject();
    }

    private static void WriteProvision(Utf8JsonWriter json, Consent consent)
    {
        json.WriteStartObject("provision");
        json.WriteString("type", "permit");
        json.WriteStartObject("period");
        json.WriteString("start", DataTypes.Instant(consent.GivenAt));
        if (consent.ExpiresAt is { } expires) json.WriteString("end", DataTypes.Instant(expires));
        json.WriteEndObject();
        if (consent.ProviderId is not null)
        {
            json.WriteStartArray("actor");
            json.WriteStartObject();
            json.WriteConcept("role", "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient");
            json.WriteReference("reference", $"Organization/{consent.ProviderId}");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        // Joining lets providers deposit; sharing lets one provider obtain: two separate rights.
        json.WriteStartArray("action");
        json.WriteConcept(
            null, "http://terminology.hl7.org/CodeSystem/consentaction", consent.Kind == ConsentKind.Joining ? "collect" : "access",
            consent.Kind == ConsentKind.Joining ? "Collect" : "Access");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
