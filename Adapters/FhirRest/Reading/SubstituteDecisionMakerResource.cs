using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>A substitute decision maker as FHIR R4 RelatedPerson. Version 1 is the authority as registered; version 2 says that it has ended.</summary>
internal static class SubstituteDecisionMakerResource
{
    public const string RoleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

    public static string KeyOf(SubstitutionGround ground) => ground == SubstitutionGround.Minor ? "minor" : "lacking-capacity";

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<ServedResource> Versions(SubstituteDecisionMaker maker, DateTimeOffset at)
    {
        var registered = Compose(maker, 1, true, maker.From);
        return EndOf(maker) is { } ended && ended <= at ? [Compose(maker, 2, false, ended), registered] : [registered];
    }

    private static DateTimeOffset? EndOf(SubstituteDecisionMaker maker) =>
        maker is { Until: { } until, EndedAt: { } ended } ? until < ended ? until : ended : maker.Until ?? maker.EndedAt;

    private static ServedResource Compose(SubstituteDecisionMaker maker, int version, bool active, DateTimeOffset lastUpdated) =>
        ServedResource.Compose("RelatedPerson", maker.Id, version, lastUpdated, (json, versionId) => Write(json, maker, versionId, active, lastUpdated));

    private static void Write(Utf8JsonWriter json, SubstituteDecisionMaker maker, string versionId, bool active, DateTimeOffset lastUpdated)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "RelatedPerson");
        json.WriteString("id", maker.Id);
        json.WriteMeta(versionId, lastUpdated);
        json.WriteStartArray("identifier");
        json.WriteStartObject();
        json.WriteString("system", FhirSystems.HongKongIdentityCard);
        json.WriteString("value", maker.DocumentNumber);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteBoolean("active", active);
        json.WriteReference("patient", $"Patient/{maker.PersonId}");
        json.WriteStartArray("relationship");
        json.WriteConcept(null, RoleCode, maker.Relationship);
        json.WriteConcept(null, FhirSystems.SubstitutionGround, KeyOf(maker.Ground));
        json.WriteEndArray();
        json.WriteStartArray("name");
        json.WriteStartObject();
        json.WriteString("text", maker.Name);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("period");
        json.WriteString("start", DataTypes.Instant(maker.From));
        if (EndOf(maker) is { } end) json.WriteString("end", DataTypes.Instant(end));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
