using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.FhirToHl7v2.Reading;

/// <summary>A canonical message: a FHIR R4 Bundle of type message, its resources by type and by reference.</summary>
internal sealed class CanonicalMessage : IDisposable
{
    private readonly JsonDocument document;
    private readonly Dictionary<string, JsonElement> byReference = new(StringComparer.Ordinal);
    private readonly List<JsonElement> resources = [];

    private CanonicalMessage(JsonDocument document)
    {
        this.document = document;
        foreach (var entry in document.RootElement.Items("entry"))
        {
            var resource = entry.Get("resource");
            if (resource.Text("resourceType") is not { } type) continue;
            resources.Add(resource);
            byReference[$"{type}/{resource.Text("id")}"] = resource;
        }
    }

    public JsonElement Header => All("MessageHeader").FirstOrDefault();

    public JsonElement Patient => All("Patient").FirstOrDefault();

    public JsonElement Encounter => All("Encounter").FirstOrDefault();

    /// <summary>MSH-9 of the message that it came from, such as ADT, A01 and ADT_A01.</summary>
    public string[] MessageType => (Header.Get("eventCoding").Text("display") ?? "").Split('^');

    /// <summary>Bundle.timestamp.</summary>
    public string? Timestamp => document.RootElement.Text("timestamp");

    public static Result<CanonicalMessage> Read(ReadOnlyMemory<byte> bundle)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bundle);
        }
        catch (JsonException fault)
        {
            return new Rejection(RejectionCode.BodyInvalid, $"No JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
        }

        var message = new CanonicalMessage(document);
        if (message.Header.Exists()) return message;
        message.Dispose();
        return new Rejection(RejectionCode.BodyInvalid, "No Bundle with a MessageHeader");
    }

    public IEnumerable<JsonElement> All(string type) => resources.Where(resource => resource.Text("resourceType") == type);

    /// <summary>The resource that a Reference names, where the message has it.</summary>
    public JsonElement Resolve(JsonElement reference) => byReference.GetValueOrDefault(reference.Text("reference") ?? "");

    /// <summary>True where a Reference of the resource, under that name, is to the other.</summary>
    public bool Refers(JsonElement from, string name, JsonElement to) =>
        from.Items(name).Any(reference => reference.Text("reference") is { } stated && byReference.TryGetValue(stated, out var target) && target.Text("id") == to.Text("id") && target.Text("resourceType") == to.Text("resourceType"));

    public void Dispose() => document.Dispose();
}
