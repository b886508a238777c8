using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>
/// Professionals of the registry as FHIR R4 Practitioner, and their affiliations as PractitionerRole. Practitioners that messages name are
/// resources of the record, with ids of their own.
/// </summary>
internal static class RegisteredPractitioner
{
    /// <summary>Identifier.system of a registration number: each profession's board counts by itself.</summary>
    public static string RegistrationSystem(Profession profession) => $"{FhirSystems.RegistrationNumber}:{ProfessionName.Of(profession).Key}";

    public static ServedResource Compose(Professional professional)
    {
        var json = ServedResource.Compose(writer => Write(writer, professional));
        return new("Practitioner", professional.Id, ServedResource.VersionOf(json.Span), null, json);
    }

    public static ServedResource Compose(Professional professional, Affiliation affiliation, DateTimeOffset now)
    {
        var id = RoleId(affiliation);
        var json = ServedResource.Compose(writer => WriteRole(writer, id, professional, affiliation, now));
        return new("PractitionerRole", id, ServedResource.VersionOf(json.Span), null, json);
    }

    /// <summary>The same for an affiliation whenever it is asked for: professional, provider and begin tell it from all others.</summary>
    public static string RoleId(Affiliation affiliation) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{affiliation.ProfessionalId}\n{affiliation.ProviderId}\n{affiliation.From.ToUnixTimeMilliseconds()}")).AsSpan(0, 16));

    private static void Write(Utf8JsonWriter json, Professional professional)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Practitioner");
        json.WriteString("id", professional.Id);
        WriteIdentifier(json, professional);
        json.WriteBoolean("active", professional.Active);
        json.WriteStartArray("name");
        WriteName(json, professional.Name);
        if (professional.NameChinese.Length > 0) WriteName(json, professional.NameChinese);
        json.WriteEndArray();
        json.WriteStartArray("qualification");
        json.WriteStartObject();
        WriteProfession(json, "code", professional.Profession);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRole(Utf8JsonWriter json, string id, Professional professional, Affiliation affiliation, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "PractitionerRole");
        json.WriteString("id", id);
        json.WriteBoolean("active", professional.Active && affiliation.InForceAt(now));
        json.WriteStartObject("period");
        json.WriteString("start", DataTypes.Instant(affiliation.From));
        // Until is the first moment at which it no longer holds; the end of a Period is within it (FHIR R4 2.24.0.11).
        if (affiliation.Until is { } until) json.WriteString("end", DataTypes.Instant(until.AddMilliseconds(-1)));
        json.WriteEndObject();
        json.WriteReference("practitioner", $"Practitioner/{professional.Id}");
        json.WriteReference("organization", $"Organization/{affiliation.ProviderId}");
        json.WriteStartArray("code");
        WriteProfession(json, null, professional.Profession);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIdentifier(Utf8JsonWriter json, Professional professional)
    {
        if (professional.RegistrationNumber.Length == 0) return;
        json.WriteStartArray("identifier");
        json.WriteStartObject();
        json.WriteString("system", RegistrationSystem(professional.Profession));
        json.WriteString("value", professional.RegistrationNumber);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteName(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("text", name);
        json.WriteEndObject();
    }

    private static void WriteProfession(Utf8JsonWriter json, string? name, Profession profession)
    {
        var known = ProfessionName.Of(profession);
        json.WriteConcept(name, FhirSystems.Profession, known.Key, known.English);
    }
}
