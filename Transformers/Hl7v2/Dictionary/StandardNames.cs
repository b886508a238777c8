namespace EHealthPlus.Transformers.Hl7v2.Dictionary;

/// <summary>
/// What the standard calls segments, fields and components, as of v2.7.1, of the last version that had them where v2.7.1 has them no more, and
/// of v2.8 and later where the official v2-to-FHIR maps name them.
/// Empty where the standard has no name, as in Z segments.
/// </summary>
public static class StandardNames
{
    public static bool HasSegment(string segment) => Definitions.Current.Segments.ContainsKey(segment);

    /// <summary>Such as Patient Identification for PID.</summary>
    public static string OfSegment(string segment) => Definitions.Current.Segments.GetValueOrDefault(segment)?.Name ?? string.Empty;

    /// <summary>Data type and name of a field, such as XPN and Patient Name for PID-5.</summary>
    public static (string DataType, string Name) OfField(string segment, int field) =>
        Part(Definitions.Current.Segments.GetValueOrDefault(segment), field);

    /// <summary>Data type and name of a component of a data type, such as FN and Family Name for the first one of XPN.</summary>
    public static (string DataType, string Name) OfComponent(string dataType, int component) =>
        Part(Definitions.Current.DataTypes.GetValueOrDefault(dataType), component);

    private static (string DataType, string Name) Part(Definitions.Entry? entry, int number)
    {
        if (entry is null || number < 1 || number > entry.Parts.Length) return (string.Empty, string.Empty);
        string part = entry.Parts[number - 1];
        int space = part.IndexOf(' ', StringComparison.Ordinal);
        return (part[..space], part[(space + 1)..]);
    }
}
