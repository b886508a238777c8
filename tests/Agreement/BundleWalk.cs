using System.Text.Json;

namespace EHealthPlus.Tests.Agreement;

/// <summary>A place in a bundle.</summary>
/// <param name="Path">As the ledger writes it, such as Patient.name[0].</param>
/// <param name="Primitive">What JSON holds beside a primitive under its name with an underscore.</param>
/// <param name="Owner">The element of the resource that it is part of; a resource that was followed to owns what is in it.</param>
public sealed record Place(string Path, JsonElement Element, JsonElement? Primitive = null, Place? Owner = null);

/// <summary>Walks official targets through one bundle, along its references.</summary>
public sealed class BundleWalk
{
    private static readonly HashSet<string> Backward = new(StringComparer.Ordinal) { "subject", "patient", "encounter", "context", "beneficiary", "target", "focus", "for", "individual.patient" };

    private readonly JsonElement bundle;
    private readonly Dictionary<string, Place> resources = new(StringComparer.Ordinal);

    public BundleWalk(JsonElement bundle)
    {
        this.bundle = bundle;
        var entries = bundle.GetProperty("entry").EnumerateArray().ToList();
        var totals = entries.CountBy(entry => TypeOf(entry.GetProperty("resource"))).ToDictionary(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var resource = entry.GetProperty("resource");
            var type = TypeOf(resource);
            var number = numbers[type] = numbers.GetValueOrDefault(type, -1) + 1;
            var place = new Place(totals[type] > 1 ? $"{type}[{number}]" : type, resource);
            resources[$"{type}/{resource.GetProperty("id").GetString()}"] = place;
            if (entry.TryGetProperty("fullUrl", out var url)) resources[url.GetString()!] = place;
        }
    }

    /// <summary>Types of the resources.</summary>
    public IReadOnlySet<string> Types => resources.Values.Select(place => TypeOf(place.Element)).Append("Bundle").ToHashSet(StringComparer.Ordinal);

    public IEnumerable<Place> OfType(string type)
    {
        if (type == "Bundle") return [new Place("Bundle", bundle)];
        return resources.Values.Where(place => TypeOf(place.Element) == type).DistinctBy(place => place.Path);
    }

    public List<Place> Walk(IEnumerable<Place> from, IReadOnlyList<TargetStep> steps)
    {
        var places = from.ToList();
        for (var at = 0; at < steps.Count && places.Count > 0; at++)
        {
            var step = steps[at];
            // participant.reference(Practitioner): the same as participant(Practitioner).
            if (step.Name == "reference" && at + 1 < steps.Count && steps[at + 1].Follows) continue;
            var casts = !step.Follows && at + 1 < steps.Count && steps[at + 1].Follows ? steps[at + 1].Name : null;
            places = [.. places.SelectMany(place => step.Follows ? Follow(place, step.Name) : Into(place, step, casts))];
        }

        return places;
    }

    /// <summary>The places and what they refer to, in turn; not back to the patient or the visit. By path.</summary>
    public Dictionary<string, Place> Reach(IEnumerable<Place> places)
    {
        var reached = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var place in places) Gather(place, reached, 0);
        return reached;
    }

    private void Gather(Place place, Dictionary<string, Place> reached, int depth)
    {
        if (!reached.TryAdd(place.Path, place) || depth > 4) return;
        foreach (var reference in References(place.Element))
        {
            if (resources.TryGetValue(reference, out var target)) Gather(target, reached, depth + 1);
        }
    }

    private static IEnumerable<string> References(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().SelectMany(References);
        if (element.ValueKind != JsonValueKind.Object) return [];
        return element.EnumerateObject().Where(property => !Backward.Contains(property.Name)).SelectMany(property =>
            property.Name == "reference" && property.Value.ValueKind == JsonValueKind.String ? [property.Value.GetString()!] : References(property.Value));
    }

    private IEnumerable<Place> Follow(Place place, string types)
    {
        if (place.Element.ValueKind != JsonValueKind.Object) return [];
        if (place.Element.TryGetProperty("reference", out var reference) && reference.ValueKind == JsonValueKind.String)
            return resources.TryGetValue(reference.GetString()!, out var target) && types.Split('|').Contains(TypeOf(target.Element)) ? [target with { Owner = target }] : [];
        // note(Annotation.text) names the type of an element, not of a resource.
        return place.Element.TryGetProperty("resourceType", out _) && TypeOf(place.Element) != types ? [] : [place];
    }

    private static IEnumerable<Place> Into(Place place, TargetStep step, string? casts)
    {
        if (step.Name.Length == 0) return [place];
        var holder = step.Name == "extension" && place.Primitive is { } beside ? beside : place.Element;
        if (holder.ValueKind != JsonValueKind.Object) return [];
        if (!holder.TryGetProperty(step.Name, out var value))
        {
            // Only extensions of the primitive are there, no value.
            if (holder.TryGetProperty("_" + step.Name, out var alone)) return [Owned(place, new Place($"{place.Path}.{step.Name}", default, alone))];
            // location(Location.mode) in a map to Location itself.
            return casts is not null && place.Element.TryGetProperty("resourceType", out _) && TypeOf(place.Element) == casts ? [place] : [];
        }

        JsonElement? primitive = holder.TryGetProperty("_" + step.Name, out var more) ? more : null;
        if (value.ValueKind != JsonValueKind.Array) return [Owned(place, new Place($"{place.Path}.{step.Name}", value, primitive))];
        return value.EnumerateArray()
            .Select((item, number) => Owned(place, new Place($"{place.Path}.{step.Name}[{number}]", item, primitive is { ValueKind: JsonValueKind.Array } list && number < list.GetArrayLength() ? list[number] : null)))
            .Where(item => step.Url is null || (item.Element.TryGetProperty("url", out var url) && TargetPath.TailOf(url.GetString()!) == step.Url));
    }

    private static Place Owned(Place parent, Place child) => child with { Owner = parent.Owner ?? child };

    private static string TypeOf(JsonElement resource) => resource.GetProperty("resourceType").GetString()!;
}
