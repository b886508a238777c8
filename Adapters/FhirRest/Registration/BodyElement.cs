using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>An object of a body with its FHIRPath, so that each fault is told with its place. Faults collect in one list.</summary>
internal readonly struct BodyElement(JsonElement json, string path, List<Issue> issues)
{
    public string Path => path;

    /// <summary>Refuses any element that the hub would have to pass over in silence.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var property in json.EnumerateObject())
        {
            // The name of a stranger can be anything: only the place is repeated.
            if (!names.Contains(property.Name)) Fault($"An element here is not kept by the hub. It keeps: {string.Join(", ", names)}");
        }
    }

    /// <returns>Null where it is absent, or no string: then a fault is noted, and also where it is required.</returns>
    public string? Text(string name, bool required = false)
    {
        if (json.TryGetProperty(name, out var value))
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 250 } text) return text;
            FaultAt(name, "Not a string of 1 to 250 characters");
        }
        else if (required)
        {
            FaultAt(name, "Required");
        }

        return null;
    }

    /// <returns>False where it is absent, or no boolean: then a fault is noted.</returns>
    public bool Flag(string name)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        FaultAt(name, "Not a boolean");
        return false;
    }

    /// <returns>0 where it is absent, or no whole number: then a fault is noted.</returns>
    public int Number(string name)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)) return number;
        FaultAt(name, "Not a whole number");
        return 0;
    }

    public BodyElement? Object(string name, bool required = false)
    {
        if (json.TryGetProperty(name, out var value))
        {
            if (value.ValueKind == JsonValueKind.Object) return new(value, $"{path}.{name}", issues);
            FaultAt(name, "Not an object");
        }
        else if (required)
        {
            FaultAt(name, "Required");
        }

        return null;
    }

    /// <summary>The objects of a list; a fault is noted where it is absent though required, no list, or holds anything else.</summary>
    public IReadOnlyList<BodyElement> List(string name, bool required = false)
    {
        var items = new List<BodyElement>();
        if (!json.TryGetProperty(name, out var value))
        {
            if (required) FaultAt(name, "Required");
            return items;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > 20)
        {
            FaultAt(name, "Not a list of 1 to 20 items");
            return items;
        }

        foreach (var item in value.EnumerateArray())
        {
            var place = $"{path}.{name}[{items.Count}]";
            if (item.ValueKind != JsonValueKind.Object) issues.Add(new(new(RejectionCode.BodyInvalid, "Not an object"), place));
            else items.Add(new(item, place, issues));
        }

        return items;
    }

    /// <summary>The strings of a list, as HumanName.given.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!json.TryGetProperty(name, out var value)) return [];
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= 20
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 and <= 250 }))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        }

        FaultAt(name, "Not a list of strings");
        return [];
    }

    /// <summary>The code that this CodeableConcept has in the system, or null.</summary>
    public string? CodeOf(string system)
    {
        foreach (var coding in List("coding"))
        {
            if (coding.Text("system") == system) return coding.Text("code");
        }

        return null;
    }

    public void Fault(string detail) => issues.Add(new(new(RejectionCode.BodyInvalid, detail), path));

    public void FaultAt(string name, string detail) => issues.Add(new(new(RejectionCode.BodyInvalid, detail), $"{path}.{name}"));
}
