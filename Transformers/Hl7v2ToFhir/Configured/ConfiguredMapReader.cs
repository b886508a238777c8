using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Definitions;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

/// <summary>Reads and checks one map file; all its faults are told, each with its line. The form of the file: docs/maps.md.</summary>
public sealed partial class ConfiguredMapReader
{
    private readonly string file;
    private readonly List<MapFault> faults = [];

    private ConfiguredMapReader(string file) => this.file = file;

    /// <param name="file">Its name, for the faults.</param>
    /// <returns>The map, or null with the faults.</returns>
    public static (ConfiguredMap? Map, IReadOnlyList<MapFault> Faults) Read(string file, ReadOnlySpan<byte> utf8)
    {
        var reader = new ConfiguredMapReader(file);
        try
        {
            var map = reader.Map(LinedJson.Parse(utf8));
            return (reader.faults.Count == 0 ? map : null, reader.faults);
        }
        catch (JsonException fault)
        {
            return (null, [new MapFault(MapFaultCode.NotJson, file, 1 + (int)(fault.LineNumber ?? 0), "This is not JSON")]);
        }
    }

    private ConfiguredMap Map(LinedJson json)
    {
        Only(json, "source", "segments");
        var source = Text(json, "source");
        var segments = Items(json, "segments").Select(Segment).ToList();
        return new ConfiguredMap(file, source, segments);
    }

    private ConfiguredSegment Segment(LinedJson json)
    {
        Only(json, "segment", "resource", "new", "fields");
        var name = Text(json, "segment");
        if (!SegmentName().IsMatch(name)) Fault(MapFaultCode.FieldInvalid, json["segment"] ?? json, $"'{name}' is no segment name: three capital letters or digits, such as ZPD");
        var type = Text(json, "resource");
        if (type.Length > 0 && !R4Elements.HasType(type)) Fault(MapFaultCode.ResourceTypeUnknown, json["resource"]!, $"'{type}' is no resource type that can be mapped to");
        var fields = Items(json, "fields").Select(field => Field(field, name, type)).OfType<ConfiguredField>().ToList();
        if (json["new"] is not { } created) return new ConfiguredSegment(name, type, [], SharingCategory.None, [], fields);
        Only(created, "key", "category", "constants");
        var key = Items(created, "key").Select(part => Place(part, name)).ToList();
        var constants = (created["constants"]?.Properties ?? []).Select(constant => Constant(constant, type)).ToList();
        Required(created, type, [.. constants.Select(constant => constant.Key), .. fields.Select(field => field.Steps[0].Name)]);
        return new ConfiguredSegment(name, type, key, Category(created), constants, fields);
    }

    private ConfiguredField? Field(LinedJson json, string segment, string resource)
    {
        Only(json, "field", "element", "extension", "type", "table");
        var from = json["field"] is { } at ? Place(at, segment) : default;
        if (json["field"] is null) Text(json, "field");
        var type = Text(json, "type");
        if (type.Length > 0 && !ConfiguredTypes.IsKnown(type)) Fault(MapFaultCode.TypeUnknown, json["type"]!, $"'{type}' is no data type that can be written: {string.Join(", ", ConfiguredTypes.Names)}");
        var table = Table(json);
        if (json["extension"] is { } extension)
        {
            if (json["element"] is not null) Fault(MapFaultCode.ExtensionInvalid, extension, "A field goes to an element or to an extension, not to both");
            if (!Ascii.IsValid(extension.Text) || !Uris.IsAbsolute(Encoding.UTF8.GetBytes(extension.Text))) Fault(MapFaultCode.ExtensionInvalid, extension, $"'{extension.Text}' is no absolute URL of ASCII characters");
            return new ConfiguredField(from, [("extension", true)], extension.Text, type, table);
        }

        return Steps(json, resource, type) is { } steps ? new ConfiguredField(from, steps, null, type, table) : null;
    }

    private List<(string, bool)>? Steps(LinedJson json, string resource, string type)
    {
        var path = Text(json, "element");
        if (path.Length == 0 || !R4Elements.HasType(resource)) return null;
        if (R4Elements.Find(resource, path) is not { } element)
        {
            Fault(MapFaultCode.ElementUnknown, json["element"]!, $"R4 has no {resource}.{path}");
            return null;
        }

        if (ConfiguredTypes.IsKnown(type) && !element.Types.Contains(type)) Fault(MapFaultCode.TypeDoesNotFit, json["type"]!, $"{resource}.{path} is {string.Join(" or ", element.Types)}, not {type}");
        else if (element.IsList && ConfiguredTypes.IsKnown(type) && !ConfiguredTypes.CanRepeat(type)) Fault(MapFaultCode.TypeDoesNotFit, json["type"]!, $"{resource}.{path} is a list, and lists of {type} can't be mapped to");
        var parts = path.Split('.');
        return [.. parts.Select((name, number) => (name, R4Elements.Find(resource, string.Join('.', parts[..(number + 1)]))!.IsList))];
    }

    private TableMap? Table(LinedJson json)
    {
        if (json["table"] is not { } name) return null;
        if (TableMaps.All.FirstOrDefault(table => table.Name == name.Text) is { } known) return known;
        Fault(MapFaultCode.TableUnknown, name, $"There is no table map '{name.Text}'");
        return null;
    }

    private KeyValuePair<string, string> Constant((string Name, LinedJson Value) constant, string resource)
    {
        if (R4Elements.HasType(resource) && R4Elements.Find(resource, constant.Name) is null) Fault(MapFaultCode.ElementUnknown, constant.Value, $"R4 has no {resource}.{constant.Name}");
        return new(constant.Name, constant.Value.Written());
    }

    private void Required(LinedJson created, string resource, HashSet<string> given)
    {
        foreach (var element in R4Elements.Of(resource).Where(element => element.IsRequired && !element.Path.Contains('.', StringComparison.Ordinal) && element.Path is not ("subject" or "patient" or "beneficiary")))
        {
            var stem = element.Path.Replace("[x]", "", StringComparison.Ordinal);
            if (!given.Any(name => name == element.Path || (stem.Length < element.Path.Length && name.StartsWith(stem, StringComparison.Ordinal))))
                Fault(MapFaultCode.RequiredElementMissing, created, $"R4 asks for {resource}.{element.Path}: give it as a constant or from a field");
        }
    }

    private SharingCategory Category(LinedJson created)
    {
        var name = Text(created, "category");
        if (Enum.TryParse<SharingCategory>(name, ignoreCase: false, out var category) && Enum.IsDefined(category)) return category;
        if (name.Length > 0) Fault(MapFaultCode.CategoryUnknown, created["category"]!, $"'{name}' is no sharing category: {string.Join(", ", Enum.GetNames<SharingCategory>())}");
        return SharingCategory.None;
    }

    private FieldPlace Place(LinedJson at, string segment)
    {
        var match = PlaceText().Match(at.Text);
        if (match.Success && match.Groups[1].Value == segment)
        {
            static int Number(Group group) => group.Success ? int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
            return new FieldPlace(Number(match.Groups[2]), Number(match.Groups[3]));
        }

        Fault(MapFaultCode.FieldInvalid, at, $"'{at.Text}' is no field of this segment: write {segment}-2 or {segment}-2.1");
        return default;
    }

    private string Text(LinedJson json, string name)
    {
        if (json[name] is { Kind: JsonValueKind.String } found && found.Text.Length > 0) return found.Text;
        if (json[name] is { } other) Fault(MapFaultCode.WrongKind, other, $"\"{name}\" is a text");
        else Fault(MapFaultCode.PropertyMissing, json, $"\"{name}\" is missing");
        return "";
    }

    private List<LinedJson> Items(LinedJson json, string name)
    {
        if (json[name] is { Kind: JsonValueKind.Array, Items.Count: > 0 } found) return found.Items;
        if (json[name] is { } other) Fault(MapFaultCode.WrongKind, other, $"\"{name}\" is a list with something in it");
        else Fault(MapFaultCode.PropertyMissing, json, $"\"{name}\" is missing");
        return [];
    }

    private void Only(LinedJson json, params ReadOnlySpan<string> names)
    {
        if (json.Kind != JsonValueKind.Object) Fault(MapFaultCode.WrongKind, json, "Here an object with braces is wanted");
        foreach (var (name, value) in json.Properties)
        {
            if (!names.Contains(name)) Fault(MapFaultCode.PropertyUnknown, value, $"\"{name}\" is not known here: {string.Join(", ", names.ToArray())}");
        }
    }

    private void Fault(MapFaultCode code, LinedJson at, string what) => faults.Add(new MapFault(code, file, at.Line, what));

    [GeneratedRegex("^[A-Z][A-Z0-9]{2}$")]
    private static partial Regex SegmentName();

    [GeneratedRegex(@"^([A-Z][A-Z0-9]{2})-([1-9]\d{0,2})(?:\.([1-9]\d{0,2}))?$")]
    private static partial Regex PlaceText();
}
