using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>HD: an assigning authority, and a place or facility that is known by name and universal id (HL7 v2.8.2 2A.33).</summary>
internal static class Hd
{
    private const string UniversalIdType = "http://terminology.hl7.org/CodeSystem/v2-0301";

    /// <summary>The authority of an identifier, as a component.</summary>
    public static SegmentDraft SetAuthority(this SegmentDraft segment, int field, JsonElement identifier, int component, int repetition)
    {
        var (name, id, type) = AuthorityOf(identifier);
        return segment.Set(field, name, component, 1, repetition).Set(field, id, component, 2, repetition).Set(field, type, component, 3, repetition);
    }

    /// <summary>An Organization as the HD of a field.</summary>
    public static SegmentDraft SetFacility(this SegmentDraft segment, int field, JsonElement organization)
    {
        segment.Set(field, organization.Text("name") ?? organization.First("identifier").Text("value"));
        var (id, type) = UniversalIdOf(organization);
        return segment.Set(field, id, 2).Set(field, type, 3);
    }

    /// <summary>The universal id that a Location or Organization has beside its name, and the kind of id.</summary>
    public static (string? Id, string? Type) UniversalIdOf(JsonElement resource)
    {
        foreach (var identifier in resource.Items("identifier"))
        {
            var coding = identifier.Get("type").First("coding");
            if (coding.Text("system") != UniversalIdType && (identifier.Has("type") || identifier.Has("system") || identifier.Text("value") == resource.Text("name"))) continue;
            var (id, type) = identifier.Text("system") == "urn:ietf:rfc:3986" ? Universal(identifier.Text("value") ?? "") : (identifier.Text("value"), null);
            return (id, coding.Text("code") ?? type);
        }

        return default;
    }

    /// <summary>Namespace, universal id and its type of the authority that gave an identifier.</summary>
    public static (string? Name, string? Id, string? Type) AuthorityOf(JsonElement identifier)
    {
        var system = identifier.Text("system");
        var assigner = identifier.Get("assigner").Text("display");
        if (system is null) return (assigner, null, null);
        if (LocalName.IsLocal(system)) return (LocalName.Of(system) ?? assigner, null, null);
        var (id, type) = Universal(system);
        return (assigner, id, type);
    }

    /// <summary>A URI as universal id and its type (HL7 table 0301).</summary>
    public static (string Id, string Type) Universal(string uri) =>
        uri.StartsWith("urn:oid:", StringComparison.Ordinal) ? (uri[8..], "ISO") : uri.StartsWith("urn:uuid:", StringComparison.Ordinal) ? (uri[9..], "UUID") : (uri, "URI");
}
