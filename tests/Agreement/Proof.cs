using System.Text.Json;

namespace EHealthPlus.Tests.Agreement;

/// <summary>
/// Shows by running messages whether a row is implemented: the row's field gets plausible values in messages that have its segment, its
/// condition is made to hold, and the ledger says where the value went. The official target is walked through the same bundle.
/// </summary>
public static class Proof
{
    private const int MostPlaces = 12;
    private const int MostUsages = 10;
    private static readonly Dictionary<OfficialRow, IReadOnlyList<TargetStep>> Steps = OfficialMaps.Segments.Concat(OfficialMaps.DataTypes).GroupBy(row => row.Map.Name)
        .SelectMany(map => map.Select(row => (Row: row, Steps: TargetPath.Of(row, [.. map])))).DistinctBy(found => found.Row).ToDictionary(found => found.Row, found => found.Steps);

    private static readonly ILookup<string, OfficialRow> Users = OfficialMaps.Segments.Concat(OfficialMaps.DataTypes)
        .Where(row => row.DataTypeMap.Length > 0).ToLookup(row => row.DataTypeMap.ToUpperInvariant());

    public static Finding Of(OfficialRow row)
    {
        var elsewhere = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var usage in UsagesOf(row).Take(MostUsages))
        {
            if (IsSeen(usage, elsewhere)) return new Finding(row, Outcome.Implemented, "");
        }

        if (elsewhere.Count > 0) return new Finding(row, Outcome.Elsewhere, string.Join(", ", elsewhere.Take(4)));
        return new Finding(row, Citations.Has(row) ? Outcome.CitedNotSeen : Outcome.NotImplemented, "");
    }

    /// <summary>A row and the rows of segments and data types that lead to it.</summary>
    /// <param name="Field">The segment row at the beginning.</param>
    /// <param name="Parts">Component and subcomponent, 0 where the row is about the whole.</param>
    /// <param name="Steps">Targets from the segment's resource, one for each map on the way.</param>
    private sealed record Usage(OfficialRow Row, OfficialRow Field, IReadOnlyList<int> Parts, IReadOnlyList<OfficialRow> Way)
    {
        public OfficialRow ValueRow => Way[0];
    }

    private static IEnumerable<Usage> UsagesOf(OfficialRow row)
    {
        if (row.Map.OfSegment) return [new Usage(row, row, [], [row])];
        return Users[row.Map.Name.ToUpperInvariant()].SelectMany(user => user.Map.OfSegment
            ? [new Usage(row, user, [row.Number], [user, row])]
            : Users[user.Map.Name.ToUpperInvariant()].Where(outer => outer.Map.OfSegment).Take(3).Select(outer => new Usage(row, outer, [user.Number, row.Number], [outer, user, row])));
    }

    private static bool IsSeen(Usage usage, SortedSet<string> elsewhere)
    {
        var field = usage.Field;
        foreach (var place in TestBench.For(field.Segment, field.Map.Resource, usage.Row.Map.OfSegment ? MostPlaces : 5))
        {
            foreach (var value in ValuesOf(field, place))
            {
                var message = Prepared(place, usage, value);
                if (Trial.Of(message) is not { } trial) continue;
                var roots = trial.Walk.OfType(field.Map.Resource).ToList();
                if (roots.Count == 0) continue;
                if (IsSeen(usage, trial, place, roots, elsewhere)) return true;
                if (usage.Row is { Number: > 0, Map.OfSegment: true } && Moves(usage, trial, roots, message.With(place.Segment, field.Number, ""))) return true;
            }
        }

        return false;
    }

    // What the message says already goes first: it may be a code that no list here knows.
    private static IEnumerable<string> ValuesOf(OfficialRow field, TestPlace place)
    {
        if (field.Number == 0) return [""];
        var type = field.DataType == "varies" && StatedCondition.Read(field.Condition, field.Identifier).FirstOrDefault(clause => clause.Ask == StatedCondition.Ask.Is) is { Literal: { Length: > 0 } stated } ? stated : field.DataType;
        var values = PlausibleValues.For(type, field.Table, field.DataTypeMap);
        return place.Message.Get(place.Segment, field.Number) is { Length: > 0 } own ? values.Prepend(own) : values;
    }

    private static bool IsSeen(Usage usage, Trial trial, TestPlace place, List<Place> roots, SortedSet<string> elsewhere)
    {
        var places = Targets(usage, trial, roots);
        if (usage.Row.IsAssigned || usage.Row.Number == 0)
        {
            if (usage.Row.Constant is { } constant) places.RemoveAll(found => !IsSame(found.Element, constant));
            // A constant must stand where the field's own value does: others write the same.
            return places.Count > 0 && (usage.Row.Number == 0 || Steps[usage.Row].Count == 1 || Belongs(usage, trial, place, places));
        }
        else
        {
            var reached = trial.Walk.Reach(places);
            var paths = trial.PathsOf(usage.Field.Segment, place.Occurrence, usage.Field.Number, usage.Parts.ElementAtOrDefault(0), usage.Parts.ElementAtOrDefault(1)).ToList();
            if (paths.Exists(path => Trial.IsWithin(path, reached))) return true;
            elsewhere.UnionWith(paths.Select(Trial.WithoutPositions));
        }

        return false;
    }

    /// <summary>True where the value at the target is another one without the field: it comes from the field, though not as it stands.</summary>
    private static bool Moves(Usage usage, Trial with, List<Place> roots, EditedMessage without)
    {
        static string Text(IEnumerable<Place> places) => string.Join('\n', places.Select(place => place.Element.ValueKind == JsonValueKind.Undefined ? "" : place.Element.GetRawText()));
        var filled = Targets(usage, with, roots);
        if (usage.Row.Constant is { } constant) filled.RemoveAll(found => !IsSame(found.Element, constant));
        if (filled.Count == 0 || Trial.Of(without) is not { } bare) return false;
        return Text(filled) != Text(Targets(usage, bare, [.. bare.Walk.OfType(usage.Field.Map.Resource)]));
    }

    private static bool Belongs(Usage usage, Trial trial, TestPlace place, List<Place> places)
    {
        var paths = trial.PathsOf(usage.Field.Segment, place.Occurrence, usage.Field.Number, usage.Parts.ElementAtOrDefault(0), usage.Parts.ElementAtOrDefault(1)).ToList();
        return places.Exists(found => found.Owner is { } owner && trial.Walk.Reach([owner]) is var reached && paths.Exists(path => Trial.IsWithin(path, reached)));
    }

    private static List<Place> Targets(Usage usage, Trial trial, List<Place> roots)
    {
        IEnumerable<Place> from = roots;
        var found = new List<Place>();
        for (var at = 0; at < usage.Way.Count; at++)
        {
            var row = usage.Way[at];
            found = trial.Walk.Walk(from, Steps[row]);
            // PID-21 $this: a resource of its own, which the resource of the segment does not name.
            if (row.Target == "$this" && ResourceOf(row.DataTypeMap) is { } made && made != usage.Field.Map.Resource && trial.Walk.Types.Contains(made)) found = [.. trial.Walk.OfType(made)];
            if (at == usage.Way.Count - 1) break;
            // SAD[Address] counts from the address that XAD.1 stands in, not from its line.
            var beside = at > 0 ? from : [];
            from = [.. found.Concat(beside).SelectMany(place => (IEnumerable<Place>)[place, .. trial.Walk.Reach([place]).Values.Where(reached => reached.Element.ValueKind == JsonValueKind.Object && reached.Element.TryGetProperty("resourceType", out _)).Select(resource => resource with { Owner = resource })]).DistinctBy(place => place.Path)];
        }

        return found;
    }

    /// <summary>RelatedPerson of CX[RelatedPerson-Mother]; null where the row names no data type map.</summary>
    private static string? ResourceOf(string dataTypeMap) => dataTypeMap.IndexOf('[', StringComparison.Ordinal) is > 0 and var at ? dataTypeMap[(at + 1)..].TrimEnd(']').Split('-')[0] : null;

    private static bool IsSame(JsonElement found, string constant)
    {
        if (found.ValueKind is JsonValueKind.True or JsonValueKind.False) return found.GetRawText() == constant;
        if (found.ValueKind == JsonValueKind.Object)
        {
            // An extension whose URL the walk has already asked for, or a concept that says the code.
            return found.TryGetProperty("url", out var url) ? TargetPath.TailOf(url.GetString()!) == TargetPath.TailOf(constant) : found.GetRawText().Contains($"\"{constant}\"", StringComparison.OrdinalIgnoreCase);
        }

        if (found.ValueKind == JsonValueKind.Number) return found.GetRawText() == constant;
        if (found.ValueKind != JsonValueKind.String) return false;
        var text = found.GetString()!;
        return constant.Contains("//", StringComparison.Ordinal) ? TargetPath.TailOf(text) == TargetPath.TailOf(constant) : text.Equals(constant, StringComparison.OrdinalIgnoreCase);
    }

    private static EditedMessage Prepared(TestPlace place, Usage usage, string value)
    {
        var message = place.Message;
        var field = usage.Field;
        foreach (var row in usage.Way.Where(row => row.Map.OfSegment)) message = Fulfil(message, place.Segment, row, field);
        if (field.Number == 0) return message;
        foreach (var row in usage.Way.Where(row => !row.Map.OfSegment)) value = Fulfil(value, row, row == usage.Way[^1] && usage.Way.Count == 3);
        var clauses = StatedCondition.Read(field.Condition, field.Identifier);
        var own = clauses.Where(clause => clause.At == field.Identifier).ToList();
        if (own.Exists(clause => clause.Ask == StatedCondition.Ask.NotValued)) value = "";
        else if (own.Find(clause => clause.Ask == StatedCondition.Ask.Is) is { At: not null } exact) value = value.Contains('^', StringComparison.Ordinal) ? $"{exact.Literal}{value[value.IndexOf('^', StringComparison.Ordinal)..]}" : exact.Literal;
        if (own.Exists(clause => clause.Ask == StatedCondition.Ask.Repeats)) value = $"{value}~{value.Replace("77", "78", StringComparison.Ordinal)}";
        foreach (var part in clauses.Where(clause => clause.Ask == StatedCondition.Ask.Is && clause.At.StartsWith(field.Identifier + ".", StringComparison.Ordinal)))
            value = WithPart(value, '^', int.Parse(part.At[(field.Identifier.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture), part.Literal);
        return message.With(place.Segment, field.Number, value);
    }

    private static EditedMessage Fulfil(EditedMessage message, int segment, OfficialRow row, OfficialRow field)
    {
        foreach (var clause in StatedCondition.Read(row.Condition, row.Identifier))
        {
            var parts = clause.At.Split('-', '.');
            if (parts[0] != row.Map.Source || parts.Length != 2 || !int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var number) || number == field.Number) continue;
            message = clause.Ask switch
            {
                StatedCondition.Ask.NotValued => message.With(segment, number, ""),
                StatedCondition.Ask.Is => message.With(segment, number, clause.Literal),
                StatedCondition.Ask.Valued when message.Get(segment, number).Length == 0 => message.With(segment, number, PlausibleValues.For(TypeOf(row.Map.Source, number), "", "")[0]),
                _ => message,
            };
        }

        return message;
    }

    /// <summary>The same within one value, for the conditions of data type maps.</summary>
    private static string Fulfil(string value, OfficialRow row, bool nested)
    {
        if (nested) return value;
        foreach (var clause in StatedCondition.Read(row.Condition, row.Identifier))
        {
            var parts = clause.At.Split('-', '.');
            if (parts.Length < 2 || !int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var number)) continue;
            if (clause.Ask == StatedCondition.Ask.NotValued) value = WithPart(value, '^', number, "");
            else if (clause.Ask == StatedCondition.Ask.Is) value = WithPart(value, '^', number, clause.Literal);
        }

        return value;
    }

    private static string WithPart(string value, char delimiter, int number, string part)
    {
        var parts = value.Split(delimiter).ToList();
        while (parts.Count < number) parts.Add("");
        parts[number - 1] = part;
        return string.Join(delimiter, parts);
    }

    private static string TypeOf(string segment, int field) =>
        OfficialMaps.Segments.FirstOrDefault(row => row.Map.Source == segment && row.Number == field)?.DataType ?? "ST";
}
