using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.FhirToHl7v2.Reading;

/// <summary>A canonical message: a FHIR R4 Bundle of type message, its resources by type and by reference.</summary>
internal sealed class CanonicalMessage : IDisposable
{
    private static readonly string[] Subjects = ["subject", "patient", "beneficiary"];

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

    public JsonElement Patient => Patients.FirstOrDefault();

    /// <summary>Whom the message is about: those whom a merge has left.</summary>
    public IEnumerable<JsonElement> Patients => All("Patient").Where(patient => !patient.Items("link").Any(link => link.Text("type") == "replaced-by"));

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

        if (!IsText(document.RootElement))
        {
            document.Dispose();
            return new Rejection(RejectionCode.BodyInvalid, "A string holds half of a character");
        }

        var message = new CanonicalMessage(document);
        if (message.Header.Exists()) return message;
        message.Dispose();
        return new Rejection(RejectionCode.BodyInvalid, "No Bundle with a MessageHeader");
    }

    public IEnumerable<JsonElement> All(string type) => resources.Where(resource => resource.Text("resourceType") == type);

    /// <summary>The resource that a Reference names, where the message has it.</summary>
    public JsonElement Resolve(JsonElement reference) => byReference.GetValueOrDefault(reference.Text("reference") ?? "");

    /// <summary>The same, or the resource that the first one contains.</summary>
    public JsonElement Resolve(JsonElement within, JsonElement reference) => reference.Text("reference") is { Length: > 1 } stated && stated[0] == '#'
        ? within.Items("contained").FirstOrDefault(resource => resource.Text("id") == stated[1..])
        : Resolve(reference);

    /// <summary>True where a resource is about the patient: it refers to this Patient, or to the citizen that this Patient refers to.</summary>
    public static bool IsAbout(JsonElement resource, JsonElement patient)
    {
        var reference = Subjects.Select(name => resource.First(name).Text("reference")).FirstOrDefault(stated => stated is not null);
        return reference == $"Patient/{patient.Text("id")}"
            || patient.Items("link").Any(link => link.Text("type") == "refer" && link.Get("other").Text("reference") == reference);
    }

    /// <summary>What was said of a resource, and by whom: its Provenances beside those of the message and of the event.</summary>
    public IEnumerable<JsonElement> Provenances(JsonElement target) =>
        All("Provenance").Where(provenance => Refers(provenance, "target", target) && !provenance.Get("activity").Has("text"));

    /// <summary>The Practitioner that a Reference names, or the one of a PractitionerRole.</summary>
    public JsonElement Practitioner(JsonElement reference) => Named(reference, "Practitioner", "practitioner");

    /// <summary>The Organization that a Reference names, or that of a PractitionerRole.</summary>
    public JsonElement Organization(JsonElement reference) => Named(reference, "Organization", "organization");

    /// <summary>True where a Reference of the resource, under that name, is to the other.</summary>
    public bool Refers(JsonElement from, string name, JsonElement to) =>
        from.Items(name).Any(reference => reference.Text("reference") is { } stated && byReference.TryGetValue(stated, out var target) && target.Text("id") == to.Text("id") && target.Text("resourceType") == to.Text("resourceType"));

    // JSON may escape half of a surrogate pair, which is no text: it is looked for once, so that nobody trips over it later.
    private static bool IsText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return element.EnumerateObject().All(property => IsText(property.Value));
            case JsonValueKind.Array:
                return element.EnumerateArray().All(IsText);
            case JsonValueKind.String:
                try
                {
                    return element.GetString() is not null;
                }
                catch (InvalidOperationException)
                {
                    return false;
                }

            default:
                return true;
        }
    }

    private JsonElement Named(JsonElement reference, string type, string ofRole)
    {
        var found = Resolve(reference);
        if (found.Text("resourceType") == "PractitionerRole") found = Resolve(found.Get(ofRole));
        return found.Text("resourceType") == type ? found : default;
    }

    public void Dispose() => document.Dispose();
}
