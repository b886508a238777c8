using System.Text.Json;

namespace EHealthPlus.Transformers.FhirToHl7v2.Reading;

/// <summary>Who had a part in what a Provenance tells.</summary>
internal static class Provenances
{
    /// <summary>References to those of a part, such as enterer (provenance-participant-type).</summary>
    public static IEnumerable<JsonElement> Agents(JsonElement provenance, string part) =>
        provenance.Items("agent").Where(agent => agent.Get("type").HasCode(part)).Select(agent => agent.Get("who"));
}
