using System.Globalization;
using System.Text;
using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Audit;

/// <summary>
/// An audit entry as FHIR R4 AuditEvent, after IHE Basic Audit Log Patterns (BALP 1.1). It holds no health data: identifiers, names of
/// types and of search parameters, and the rule.
/// </summary>
internal static class AuditEventResource
{
    private const string Profiles = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private const string Participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private const string EntityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private const string EntityRole = "http://terminology.hl7.org/CodeSystem/object-role";
    private const string Hub = "eHealth+ hub";

    /// <param name="baseUrl">Address of the interface: the hub as a network agent.</param>
    public static ServedResource Compose(AuditRecord record, string baseUrl)
    {
        var id = record.Number.ToString(CultureInfo.InvariantCulture);
        return new("AuditEvent", id, "1", record.Entry.At, ServedResource.Compose(json => Write(json, id, record.Entry, AuditEventKind.Of(record.Entry.Action), baseUrl)));
    }

    private static void Write(Utf8JsonWriter json, string id, AuditEntry entry, AuditEventKind kind, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "AuditEvent");
        json.WriteString("id", id);
        WriteMeta(json, entry, kind);
        json.WritePropertyName("type");
        json.WriteCoding(kind.TypeSystem, kind.Type, kind.TypeDisplay);
        json.WriteStartArray("subtype");
        if (kind.Subtype is { } subtype) json.WriteCoding(kind.SubtypeSystem!, subtype);
        json.WriteCoding(FhirSystems.AuditAction, entry.Action);
        json.WriteEndArray();
        json.WriteString("action", kind.Action);
        json.WriteString("recorded", DataTypes.Instant(entry.At));
        json.WriteString("outcome", entry.Permitted ? "0" : "4");
        if (entry.Reason.Length > 0) json.WriteString("outcomeDesc", entry.Reason);
        WritePurpose(json, "purposeOfEvent", entry.PurposeOfUse);
        WriteAgents(json, entry, kind, baseUrl);
        json.WriteStartObject("source");
        json.WriteString("site", Hub);
        WriteDisplay(json, "observer", Hub);
        json.WriteStartArray("type");
        json.WriteCoding("http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server");
        json.WriteEndArray();
        json.WriteEndObject();
        WriteEntities(json, entry, kind);
        json.WriteEndObject();
    }

    // The profiles are for what succeeded, and want to know both ends of the connection.
    private static void WriteMeta(Utf8JsonWriter json, AuditEntry entry, AuditEventKind kind)
    {
        json.WriteStartObject("meta");
        json.WriteString("versionId", "1");
        json.WriteString("lastUpdated", DataTypes.Instant(entry.At));
        if (kind.Profile is { } profile && entry is { Permitted: true, Origin.Address: not null })
        {
            json.WriteStartArray("profile");
            json.WriteStringValue($"{Profiles}{(entry.PersonId is null ? "" : "Patient")}{profile}");
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteAgents(Utf8JsonWriter json, AuditEntry entry, AuditEventKind kind, string baseUrl)
    {
        var client = kind.Outward ? ("110152", "Destination Role ID") : ("110153", "Source Role ID");
        var server = kind.Outward ? ("110153", "Source Role ID") : ("110152", "Destination Role ID");
        json.WriteStartArray("agent");
        WriteUser(json, entry, kind);
        json.WriteStartObject();
        json.WriteConcept("type", AuditEventKind.Dicom, client.Item1, client.Item2);
        WriteIdentifier(json, "who", entry.Origin?.SourceId ?? entry.Origin?.Certificate ?? entry.Actor);
        json.WriteBoolean("requestor", false);
        if (entry.Origin?.Address is { } address) WriteNetwork(json, address, "2");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteConcept("type", AuditEventKind.Dicom, server.Item1, server.Item2);
        WriteDisplay(json, "who", Hub);
        json.WriteBoolean("requestor", false);
        WriteNetwork(json, baseUrl, "5");
        json.WriteEndObject();
        if (entry.ProviderId is { } provider)
        {
            json.WriteStartObject();
            json.WriteConcept("type", "http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "healthcare provider");
            json.WriteReference("who", $"Organization/{provider}");
            json.WriteBoolean("requestor", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUser(Utf8JsonWriter json, AuditEntry entry, AuditEventKind kind)
    {
        json.WriteStartObject();
        if (kind.Action is "C" or "U") json.WriteConcept("type", Participation, "AUT", "author (originator)");
        else json.WriteConcept("type", Participation, "IRCP", "information recipient");
        json.WriteStartArray("role");
        json.WriteConcept(null, FhirSystems.Role, entry.Role);
        json.WriteEndArray();
        WriteIdentifier(json, "who", entry.Actor);
        json.WriteString("name", entry.Actor);
        json.WriteBoolean("requestor", true);
        WritePurpose(json, "purposeOfUse", entry.PurposeOfUse);
        json.WriteEndObject();
    }

    private static void WriteEntities(Utf8JsonWriter json, AuditEntry entry, AuditEventKind kind)
    {
        json.WriteStartArray("entity");
        if (entry.PersonId is { } person)
        {
            json.WriteStartObject();
            json.WriteReference("what", $"Patient/{person}");
            WriteTypeAndRole(json, "1", "Person", "1", "Patient");
            if (entry.OnBehalfOf is { } represented) WriteDetail(json, "on-behalf-of", represented);
            else if (entry.CareRelation is { } relation) WriteDetail(json, "care-relation", relation ? "found" : "none");
            json.WriteEndObject();
        }

        json.WriteStartObject();
        if (!kind.IsQuery) WriteTarget(json, entry.Target);
        WriteTypeAndRole(json, "2", "System Object", kind.IsQuery ? "24" : "4", kind.IsQuery ? "Query" : "Domain Resource");
        if (kind.IsQuery)
        {
            // The names of the parameters; their values can be health data, and are not recorded.
            json.WriteString("description", entry.Target);
            json.WriteBase64String("query", Encoding.UTF8.GetBytes(entry.Target));
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTypeAndRole(Utf8JsonWriter json, string type, string typeDisplay, string role, string roleDisplay)
    {
        json.WritePropertyName("type");
        json.WriteCoding(EntityType, type, typeDisplay);
        json.WritePropertyName("role");
        json.WriteCoding(EntityRole, role, roleDisplay);
    }

    private static void WriteDetail(Utf8JsonWriter json, string type, string value)
    {
        json.WriteStartArray("detail");
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("valueString", value);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTarget(Utf8JsonWriter json, string target)
    {
        if (target.Split('/') is [{ Length: > 0 } type, var id, ..] && char.IsAsciiLetterUpper(type[0]) && FhirRequest.IsId(id)) json.WriteReference("what", target);
        else WriteIdentifier(json, "what", target);
    }

    private static void WritePurpose(Utf8JsonWriter json, string name, string? purpose)
    {
        if (purpose is null) return;
        json.WriteStartArray(name);
        json.WriteConcept(null, PurposeCode.System, purpose);
        json.WriteEndArray();
    }

    private static void WriteNetwork(Utf8JsonWriter json, string address, string type)
    {
        json.WriteStartObject("network");
        json.WriteString("address", address);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static void WriteIdentifier(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("identifier");
        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDisplay(Utf8JsonWriter json, string name, string display)
    {
        json.WriteStartObject(name);
        json.WriteString("display", display);
        json.WriteEndObject();
    }
}
