using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;

namespace EHealthPlus.Adapters.FhirRest.Conformance;

/// <summary>Writes the CapabilityStatement (FHIR R4) from <see cref="ResourceType.All"/>, the table that the router and the search read.</summary>
internal static class CapabilityStatement
{
    /// <summary>When the table last changed.</summary>
    private const string Date = "2026-11-21";

    private static readonly (Interaction Interaction, string Definition)[] Operations =
    [
        (Interaction.Everything, "http://hl7.org/fhir/OperationDefinition/Patient-everything"),
        (Interaction.Match, "http://hl7.org/fhir/OperationDefinition/Patient-match"),
        (Interaction.Pix, "https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix"),
    ];

    public static FhirAnswer Answer(string baseUrl) => new(200) { Body = json => Write(json, baseUrl) };

    public static string CodeOf(Interaction interaction) => interaction switch
    {
        Interaction.Transaction => "transaction",
        Interaction.Read => "read",
        Interaction.Vread => "vread",
        Interaction.HistoryInstance => "history-instance",
        Interaction.SearchType => "search-type",
        Interaction.Create => "create",
        Interaction.Update => "update",
        Interaction.Everything => "everything",
        Interaction.Match => "match",
        Interaction.Pix => "ihe-pix",
        Interaction.Capabilities => "capabilities",
        _ => throw new ArgumentOutOfRangeException(nameof(interaction)),
    };

    private static void Write(Utf8JsonWriter json, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "CapabilityStatement");
        json.WriteString("status", "active");
        json.WriteString("date", Date);
        json.WriteString("publisher", "eHealth+ hub");
        json.WriteString("kind", "instance");
        json.WriteStartObject("software");
        json.WriteString("name", "eHealth+ hub");
        json.WriteString("version", typeof(CapabilityStatement).Assembly.GetName().Version?.ToString() ?? "0");
        json.WriteEndObject();
        json.WriteStartObject("implementation");
        json.WriteString("description", "The record of citizens who joined eHealth, as consent and role permit");
        json.WriteString("url", baseUrl);
        json.WriteEndObject();
        json.WriteString("fhirVersion", "4.0.1");
        WriteCodes(json, "format", ContentNegotiation.FhirJson, "json");
        json.WriteStartArray("rest");
        WriteRest(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRest(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("mode", "server");
        json.WriteString("documentation",
            "Unknown search parameters are refused; Prefer: handling=lenient passes over them. _count, _summary=count and paging by next links apply to every search; _sort by date and _lastUpdated, _elements, "
            + "and _include and _revinclude of the listed references, to the types that the record keeps. A parameter given twice must hold twice. A history takes _count and _since, and has next links. "
            + "A citizen is enrolled by a transaction Bundle of one Patient and Consents with category joining or sharing.");
        json.WriteStartObject("security");
        json.WriteBoolean("cors", false);
        json.WriteStartArray("service");
        json.WriteStartObject();
        json.WriteStartArray("coding");
        json.WriteStartObject();
        json.WriteString("system", "http://terminology.hl7.org/CodeSystem/restful-security-service");
        json.WriteString("code", "SMART-on-FHIR");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("description",
            "Bearer token; a machine gets its own by SMART Backend Services, as .well-known/smart-configuration says. Each read is decided by role and consent, and recorded before data leaves.");
        json.WriteEndObject();
        json.WriteStartArray("resource");
        foreach (var type in ResourceType.All) WriteResource(json, type);
        json.WriteEndArray();
        WriteInteractions(json, ResourceType.OfTheSystem);
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, ResourceType type)
    {
        json.WriteStartObject();
        json.WriteString("type", type.Name);
        if (type.Supports(Interaction.Update))
        {
            json.WriteString("documentation", type.Name == "RelatedPerson"
                ? "POST registers a substitute decision maker. PUT with active false ends the authority. Others come with the record and cannot be written."
                : "POST gives a consent. PUT with status inactive revokes it, with every other consent in force of that kind to that provider. Those of the category derived come by law with the joining consent, and end with it.");
        }

        WriteInteractions(json, type.Interactions.Where(interaction => !Array.Exists(Operations, operation => operation.Interaction == interaction)));
        json.WriteString("versioning", "versioned");
        json.WriteBoolean("readHistory", true);
        if (type.Supports(Interaction.Update)) json.WriteBoolean("updateCreate", false);
        json.WriteString("conditionalRead", "full-support");
        json.WriteStartArray("searchParam");
        foreach (var parameter in type.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("type", parameter.FhirType);
            if (parameter.Documentation is not null) json.WriteString("documentation", parameter.Documentation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (type.InRecord)
        {
            WriteIncludes(json, "searchInclude", type.Includes);
            WriteIncludes(json, "searchRevInclude", type.ReverseIncludes);
        }

        WriteOperations(json, [.. Operations.Where(operation => type.Supports(operation.Interaction))]);
        json.WriteEndObject();
    }

    private static void WriteOperations(Utf8JsonWriter json, IReadOnlyList<(Interaction Interaction, string Definition)> operations)
    {
        if (operations.Count == 0) return;
        json.WriteStartArray("operation");
        foreach (var (interaction, definition) in operations)
        {
            json.WriteStartObject();
            json.WriteString("name", CodeOf(interaction));
            json.WriteString("definition", definition);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // R4 knows no empty list.
    private static void WriteIncludes(Utf8JsonWriter json, string name, IEnumerable<ReferenceParameter> references)
    {
        var names = references.Select(reference => reference.ToString()).ToList();
        if (names.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var reference in names) json.WriteStringValue(reference);
        json.WriteEndArray();
    }

    private static void WriteInteractions(Utf8JsonWriter json, IEnumerable<Interaction> interactions)
    {
        json.WriteStartArray("interaction");
        foreach (var interaction in interactions)
        {
            json.WriteStartObject();
            json.WriteString("code", CodeOf(interaction));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCodes(Utf8JsonWriter json, string name, params ReadOnlySpan<string> codes)
    {
        json.WriteStartArray(name);
        foreach (var code in codes) json.WriteStringValue(code);
        json.WriteEndArray();
    }
}
