using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Definitions;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

/// <summary>Writes what the source's map files say, after the official maps have done their work.</summary>
internal static class ConfiguredMapping
{
    public static void Map(Mapping mapping, ConfiguredMaps maps)
    {
        foreach (var configured in maps.For(mapping.Context.Source.Id))
        {
            var patients = 0;
            FhirNode[]? nearest = null;
            foreach (var segment in mapping.Segments)
            {
                if (segment.Name == "PID") patients++;
                if (segment.Name != configured.Segment) continue;
                if (configured.IsNew) Map(segment, configured, Begun(mapping, segment, configured, Math.Max(0, patients - 1)));
                else Map(segment, configured, (nearest ??= Nearest(mapping, configured.Resource))[segment.Index]);
            }
        }
    }

    private static void Map(SegmentValue segment, ConfiguredSegment configured, FhirNode resource)
    {
        if (!resource.Exists)
        {
            foreach (var field in configured.Fields) segment[field.From.Number].Note(CarryReason.NoResourceToAddTo);
            return;
        }

        // Fields of one segment that go into one backbone element meet in one item of it.
        var items = new Dictionary<string, FhirNode>(StringComparer.Ordinal);
        foreach (var field in configured.Fields)
        {
            foreach (var repetition in segment[field.From.Number])
            {
                var value = field.From.Component == 0 ? repetition : repetition[field.From.Component];
                if (value.HasValue) Set(resource, field, value, items);
            }
        }
    }

    private static void Set(FhirNode resource, ConfiguredField field, Value value, Dictionary<string, FhirNode> items)
    {
        if (field.Url is not null)
        {
            ConfiguredTypes.Set(resource.Extension(field.Url), $"value{char.ToUpperInvariant(field.Type[0])}{field.Type[1..]}", field.Type, value, field.Table);
            return;
        }

        var node = resource;
        var path = "";
        foreach (var (name, isList) in field.Steps.SkipLast(1))
        {
            path = $"{path}.{name}";
            if (!isList) node = node.Object(name);
            else if (items.TryGetValue(path, out var known)) node = known;
            else items[path] = node = node.Item(name);
        }

        var last = field.Steps[^1];
        if (last.IsList) ConfiguredTypes.Add(node, last.Name, field.Type, value, field.Table);
        else if (node.Has(last.Name)) value.Note(CarryReason.NoRoom);
        else ConfiguredTypes.Set(node, last.Name, field.Type, value, field.Table);
    }

    private static FhirNode Begun(Mapping mapping, SegmentValue segment, ConfiguredSegment configured, int patient)
    {
        mapping.ReturnToPatient(patient);
        var resource = mapping.Resources.Begin(configured.Resource, configured.Category, WriteMode.Replace);
        var key = mapping.Resources.Key(configured.Resource).Add("configured").Add(configured.Segment);
        foreach (var part in configured.Key)
        {
            var value = segment[part.Number].First;
            if (part.Component == 0) key.AddAll(value);
            else key.Add(value[part.Component]);
        }

        mapping.Resources.Own(resource, key);
        foreach (var (name, json) in configured.Constants) resource.ConstantJson(name, json);
        foreach (var whose in (ReadOnlySpan<string>)["subject", "patient", "beneficiary"])
        {
            if (R4Elements.Find(configured.Resource, whose) is { IsList: false }) mapping.ReferToSubject(resource, whose);
        }

        return resource;
    }

    /// <summary>For each segment the resource of that type that took a value from it, or from the nearest before it that one did.</summary>
    private static FhirNode[] Nearest(Mapping mapping, string type)
    {
        var nearest = new FhirNode[mapping.Segments.Count];
        foreach (var (leaf, resource) in mapping.Arena.MappedTo(type))
        {
            ref var own = ref nearest[mapping.Leaves[leaf].Segment];
            if (!own.Exists) own = resource;
        }

        for (var at = 1; at < nearest.Length; at++)
        {
            if (!nearest[at].Exists) nearest[at] = nearest[at - 1];
        }

        return nearest;
    }
}
