using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>A provider of the registry as FHIR R4 Organization, so that a consent's reference to it can be read.</summary>
internal static class RegisteredOrganization
{
    public static ServedResource Compose(Provider provider)
    {
        var json = ServedResource.Compose(writer => Write(writer, provider));
        return new("Organization", provider.Id, ServedResource.VersionOf(json.Span), null, json);
    }

    private static void Write(Utf8JsonWriter json, Provider provider)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Organization");
        json.WriteString("id", provider.Id);
        json.WriteStartArray("identifier");
        json.WriteStartObject();
        json.WriteString("system", FhirSystems.Provider);
        json.WriteString("value", provider.Id);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteBoolean("active", provider.Active);
        json.WriteStartArray("type");
        json.WriteConcept(null, "http://terminology.hl7.org/CodeSystem/organization-type", "prov", "Healthcare Provider");
        json.WriteEndArray();
        json.WriteString("name", provider.Name);
        if (provider.NameChinese.Length > 0)
        {
            json.WriteStartArray("alias");
            json.WriteStringValue(provider.NameChinese);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
