using System.Text.Json;
using EHealthPlus.Transformers.Fhir.Indexing;

namespace EHealthPlus.Transformers.Fhir.Merging;

/// <summary>
/// Lays an HL7 v2 update over what is known (HL7 v2.8.2 2.5.3): a top-level element that the update has takes the place of the old one,
/// one that it does not have stays, and one that it deletes goes. Extensions are told apart by their url; Encounter.period and
/// hospitalization, which several fields of PV1 make together, by their own elements; items of <see cref="KeyedLists"/> by what they name, those of
/// <see cref="FieldLists"/> and <see cref="VisitLocations"/> by the field that they are of.
/// An element that the update holds only to say that it is unknown, or that says less than is known, is no news. Contained resources stay where something still refers to them; the steps of an
/// order, which refer to it, until the update tells other steps or takes out contained, and they go as far as their order does.
/// </summary>
public static class ResourceMerge
{
    /// <summary>Stands before the url of an extension in a list of deleted elements.</summary>
    public const string ExtensionPrefix = "extension:";

    /// <summary>Stands before the reference of a Patient's link in a list of deleted elements: link:Patient/ID.</summary>
    public const string LinkPrefix = "link:";

    // Elements that several fields fill, each for itself: a time of discharge leaves the time of admission as it is.
    private static readonly string[] Compounds = ["period", "hospitalization", "servicePeriod", "collection"];

    // Elements of which a resource has one out of several types: deceasedBoolean takes the place of deceasedDateTime.
    private static readonly string[] Choices = ["deceased", "multipleBirth", "effective", "value", "onset", "abatement", "performed", "occurrence", "medication", "statusReason", "collected"];

    /// <param name="current">A FHIR resource, UTF-8 JSON.</param>
    /// <param name="update">The same resource as a message states it.</param>
    /// <param name="deleted">Elements of the current one to take out: names such as maritalStatus or period.end, extension:URL, participant:KEY, telecom:work, or link:Patient/ID.</param>
    /// <returns>UTF-8 JSON; the update's elements in their order, then what stayed.</returns>
    public static byte[] Merge(ReadOnlyMemory<byte> current, ReadOnlyMemory<byte> update, IReadOnlyList<string> deleted)
    {
        using var old = JsonDocument.Parse(current);
        using var with = JsonDocument.Parse(update);
        var type = with.RootElement.TryGetProperty("resourceType", out var named) ? named.GetString() ?? "" : "";
        var news = with.RootElement.EnumerateObject().Where(property => IsNews(property, type, old.RootElement, with.RootElement, deleted)).ToList();
        var stated = news.Select(property => ElementOf(property.Name)).ToHashSet(StringComparer.Ordinal);
        var status = StatusOf(with.RootElement) is { } said and not "unknown" ? said : StatusOf(old.RootElement);
        var output = new MemoryStream(current.Length + update.Length);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var property in news)
            {
                if (property.NameEquals("extension") || property.NameEquals("contained")) continue;
                old.RootElement.TryGetProperty(property.Name, out var known);
                if (KeyedLists.Has(type, property.Name)) KeyedLists.Write(writer, property.Name, property.Value, known, deleted);
                else if (FieldLists.Has(type, property.Name)) FieldLists.Write(writer, type, property.Name, property.Value, known, deleted);
                else if (type == "Encounter" && property.NameEquals("location")) VisitLocations.Write(writer, property.Value, known, status, deleted);
                else if (type == "MedicationRequest" && property.NameEquals("identifier") && known.ValueKind == JsonValueKind.Array) Numbers(writer, property.Value, known);
                // Only the code in _status is news.
                else if (IsUnsaid(property, type, old.RootElement)) Copy(writer, property.Name, known);
                else Stated(writer, property, known, deleted);
            }

            foreach (var property in old.RootElement.EnumerateObject())
            {
                var element = ElementOf(property.Name);
                if (property.NameEquals("extension") || property.NameEquals("contained") || stated.Contains(element) || Deletes(deleted, element) || Contradicts(property, with.RootElement)) continue;
                if (KeyedLists.Has(type, property.Name)) KeyedLists.Write(writer, property.Name, default, property.Value, deleted);
                else if (FieldLists.Has(type, property.Name)) FieldLists.Write(writer, type, property.Name, default, property.Value, deleted);
                else if (type == "Encounter" && property.NameEquals("location")) VisitLocations.Write(writer, default, property.Value, status, deleted);
                else if (Compounds.Contains(property.Name)) Compound(writer, property.Name, default, property.Value, deleted);
                else if (property.NameEquals("link")) Links(writer, default, property.Value, deleted);
                else if (property.NameEquals("address") && deleted.Contains("address.district", StringComparer.Ordinal)) WithoutDistrict(writer, property.Value);
                else Copy(writer, property.Name, property.Value);
            }

            Contained(writer, old.RootElement, with.RootElement, stated, status, deleted);
            Extensions(writer, old.RootElement, with.RootElement, deleted);
            writer.WriteEndObject();
        }

        return output.ToArray();
    }

    // What says less than the record does, where the update does not take out what is known.
    private static bool IsNews(JsonProperty property, string type, JsonElement old, JsonElement with, IReadOnlyList<string> deleted)
    {
        var name = property.Name;
        var less = name switch
        {
            // A status may be said in a code that only _status has.
            "status" => IsUnsaid(property, type, old) && !with.TryGetProperty("_status", out _),
            "class" => IsUnknown(property.Value),
            // That somebody has died is less than when.
            "deceasedBoolean" or "multipleBirthBoolean" => property.Value.ValueKind == JsonValueKind.True && !old.TryGetProperty(name, out _),
            // R4 ait-1 asks for a clinical status: an allergy of which nothing else is said is active.
            "clinicalStatus" => type == "AllergyIntolerance" && !with.TryGetProperty("verificationStatus", out _) && HasCode(property.Value, "active"),
            _ => SaysUnknown(property.Value),
        };
        return !less || !Holds(old, ElementOf(name)) || Deletes(deleted, ElementOf(name));
    }

    // A status that the sender did not say, where one is known. A procedure that was an error and is told again stands again, as a diagnosis and an allergy below.
    private static bool IsUnsaid(JsonProperty property, string type, JsonElement old) =>
        property.NameEquals("status") && property.Value.ValueEquals("unknown") && StatusOf(old) is { } known && !(type == "Procedure" && known == "entered-in-error");

    // R4 con-5, ait-2: what was entered in error has no clinical status. What is told again stands again.
    private static bool Contradicts(JsonProperty known, JsonElement with) => known.Name switch
    {
        "verificationStatus" => HasCode(known.Value, "entered-in-error"),
        "clinicalStatus" => with.TryGetProperty("verificationStatus", out var verification) && HasCode(verification, "entered-in-error"),
        _ => false,
    };

    private static bool HasCode(JsonElement concept, string code) =>
        concept.TryGetProperty("coding", out var codings) && codings.EnumerateArray().Any(coding => coding.TryGetProperty("code", out var stated) && stated.ValueEquals(code));

    // Links of a Patient are told by several messages.
    private static void Stated(Utf8JsonWriter writer, JsonProperty property, JsonElement known, IReadOnlyList<string> deleted)
    {
        if (property.NameEquals("link") && known.ValueKind == JsonValueKind.Array) Links(writer, property.Value, known, deleted);
        else if (property.NameEquals("reaction") && IsOne(property.Value) && IsOne(known)) Reaction(writer, property.Value[0], known[0], deleted);
        else if (Compounds.Contains(property.Name) && property.Value.ValueKind == JsonValueKind.Object) Compound(writer, property.Name, property.Value, known, deleted);
        else Copy(writer, property.Name, property.Value);
    }

    // Nothing but the extension that says "unknown", at whatever depth: R4 requires the element, and the message did not have it.
    private static bool SaysUnknown(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) return value.GetArrayLength() == 1 && SaysUnknown(value[0]);
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() != 1) return false;
        var only = value.EnumerateObject().First();
        if (!only.NameEquals("extension")) return SaysUnknown(only.Value);
        return only.Value.GetArrayLength() == 1 && UrlOf(only.Value[0]) == "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    }

    private static bool Holds(JsonElement resource, string element) => resource.EnumerateObject().Any(property => ElementOf(property.Name) == element);

    // Each system gives its own number: placer, pharmacy, prescription book.
    private static void Numbers(Utf8JsonWriter writer, JsonElement stated, JsonElement known)
    {
        writer.WriteStartArray("identifier");
        foreach (var number in stated.EnumerateArray()) writer.WriteRawValue(number.GetRawText());
        foreach (var number in known.EnumerateArray())
        {
            if (!stated.EnumerateArray().Any(other => Part(other, "type") == Part(number, "type") && Part(other, "system") == Part(number, "system"))) writer.WriteRawValue(number.GetRawText());
        }

        writer.WriteEndArray();

        static string? Part(JsonElement identifier, string name) => identifier.TryGetProperty(name, out var part) ? part.GetRawText() : null;
    }

    private static bool IsUnknown(JsonElement coding) =>
        coding.ValueKind == JsonValueKind.Object && coding.TryGetProperty("code", out var code) && code.ValueEquals("UNK");

    private static void Links(Utf8JsonWriter writer, JsonElement stated, JsonElement known, IReadOnlyList<string> deleted)
    {
        List<JsonElement> links = stated.ValueKind == JsonValueKind.Array ? [.. stated.EnumerateArray()] : [];
        foreach (var link in known.EnumerateArray())
        {
            if (!links.Exists(other => JsonElement.DeepEquals(other, link)) && !deleted.Contains(LinkPrefix + TargetOf(link), StringComparer.Ordinal)) links.Add(link);
        }

        if (links.Count == 0) return;
        writer.WriteStartArray("link");
        foreach (var link in links) writer.WriteRawValue(link.GetRawText());
        writer.WriteEndArray();
    }

    private static string TargetOf(JsonElement link) =>
        link.ValueKind == JsonValueKind.Object && link.TryGetProperty("other", out var other) && other.TryGetProperty("reference", out var reference) ? reference.GetString() ?? "" : "";

    private static bool IsOne(JsonElement list) => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 1;

    // AL1 and IAM tell of one, in two fields: how it shows, and how severe it is.
    private static void Reaction(Utf8JsonWriter writer, JsonElement stated, JsonElement known, IReadOnlyList<string> deleted)
    {
        writer.WriteStartArray("reaction");
        Whole(writer, PartsOf("reaction", stated, known, deleted));
        writer.WriteEndArray();
    }

    private static void Compound(Utf8JsonWriter writer, string name, JsonElement stated, JsonElement known, IReadOnlyList<string> deleted)
    {
        var parts = PartsOf(name, stated, known, deleted);
        // R4 knows no empty object.
        if (parts.Count == 0) return;
        writer.WritePropertyName(name);
        Whole(writer, parts);
    }

    private static List<JsonProperty> PartsOf(string name, JsonElement stated, JsonElement known, IReadOnlyList<string> deleted)
    {
        var parts = new List<JsonProperty>();
        if (stated.ValueKind == JsonValueKind.Object) parts.AddRange(stated.EnumerateObject());
        if (known.ValueKind == JsonValueKind.Object)
        {
            foreach (var part in known.EnumerateObject())
            {
                if (!parts.Exists(other => ElementOf(other.Name) == ElementOf(part.Name)) && !deleted.Contains($"{name}.{ElementOf(part.Name)}", StringComparer.Ordinal)) parts.Add(part);
            }
        }

        return parts;
    }

    private static void Whole(Utf8JsonWriter writer, List<JsonProperty> parts)
    {
        writer.WriteStartObject();
        foreach (var part in parts) Copy(writer, part.Name, part.Value);
        writer.WriteEndObject();
    }

    // PID-12 is a field of its own, and in FHIR a part of the address.
    private static void WithoutDistrict(Utf8JsonWriter writer, JsonElement addresses)
    {
        var left = addresses.EnumerateArray().Where(address => address.EnumerateObject().Any(part => !part.NameEquals("district"))).ToList();
        if (left.Count == 0) return;
        writer.WriteStartArray("address");
        foreach (var address in left)
        {
            writer.WriteStartObject();
            foreach (var part in address.EnumerateObject())
            {
                if (!part.NameEquals("district")) Copy(writer, part.Name, part.Value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // A contained resource lives as long as something refers to it, or it refers to the whole (R4 dom-3), contained ones too.
    private static void Contained(Utf8JsonWriter writer, JsonElement old, JsonElement with, HashSet<string> stated, string? status, IReadOnlyList<string> deleted)
    {
        var all = ListOf(with, "contained");
        var former = ListOf(old, "contained").Where(resource => !all.Exists(other => IdOf(other) == IdOf(resource))).ToList();
        if (all.Count + former.Count == 0) return;
        if (!all.Exists(IndexRules.IsStep) && !Deletes(deleted, "contained")) all.AddRange(former.Where(IndexRules.IsStep));
        former.RemoveAll(IndexRules.IsStep);
        var referring = with.GetRawText() + string.Concat(old.EnumerateObject()
            .Where(property => !property.NameEquals("contained") && !stated.Contains(ElementOf(property.Name))).Select(property => property.Value.GetRawText()));
        while (former.Find(resource => referring.Contains($"\"#{IdOf(resource)}\"", StringComparison.Ordinal)) is { ValueKind: JsonValueKind.Object } kept)
        {
            all.Add(kept);
            referring += kept.GetRawText();
            former.RemoveAll(resource => IdOf(resource) == IdOf(kept));
        }

        if (all.Count == 0) return;
        writer.WriteStartArray("contained");
        foreach (var resource in all)
        {
            if (IndexRules.IsStep(resource)) Step(writer, resource, status ?? "unknown");
            else writer.WriteRawValue(resource.GetRawText());
        }

        writer.WriteEndArray();
    }

    private static void Step(Utf8JsonWriter writer, JsonElement step, string status)
    {
        writer.WriteStartObject();
        foreach (var property in step.EnumerateObject())
        {
            if (property.NameEquals("status")) writer.WriteString("status", status);
            else Copy(writer, property.Name, property.Value);
        }

        writer.WriteEndObject();
    }

    private static string? StatusOf(JsonElement resource) => resource.TryGetProperty("status", out var status) ? status.GetString() : null;

    private static string? IdOf(JsonElement resource) => resource.TryGetProperty("id", out var id) ? id.GetString() : null;

    private static void Extensions(Utf8JsonWriter writer, JsonElement old, JsonElement with, IReadOnlyList<string> deleted)
    {
        var stated = ListOf(with, "extension");
        var urls = stated.Select(UrlOf).ToHashSet(StringComparer.Ordinal);
        var kept = ListOf(old, "extension").Where(extension => !urls.Contains(UrlOf(extension)) && !deleted.Contains(ExtensionPrefix + UrlOf(extension)));
        var all = stated.Concat(kept).ToList();
        if (all.Count == 0) return;
        writer.WriteStartArray("extension");
        foreach (var extension in all) writer.WriteRawValue(extension.GetRawText());
        writer.WriteEndArray();
    }

    private static List<JsonElement> ListOf(JsonElement resource, string name) =>
        resource.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string UrlOf(JsonElement extension) =>
        extension.ValueKind == JsonValueKind.Object && extension.TryGetProperty("url", out var url) ? url.GetString() ?? "" : "";

    // Raw text, so that 1.50 stays 1.50.
    private static void Copy(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.GetRawText());
    }

    private static bool Deletes(IReadOnlyList<string> deleted, string element)
    {
        foreach (var name in deleted)
        {
            if (ElementOf(name) == element) return true;
        }

        return false;
    }

    // _birthDate belongs to birthDate, and deceasedBoolean is the element deceased[x].
    private static string ElementOf(string property)
    {
        var name = property.StartsWith('_') ? property[1..] : property;
        foreach (var choice in Choices)
        {
            if (name.Length > choice.Length && name.StartsWith(choice, StringComparison.Ordinal) && char.IsAsciiLetterUpper(name[choice.Length])) return choice;
        }

        return name;
    }
}
