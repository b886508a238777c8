namespace EHealthPlus.Tests.Agreement;

/// <summary>One row of an official map that has a FHIR target.</summary>
/// <param name="Map">Such as OBX[Observation] or CX[Identifier].</param>
/// <param name="Identifier">Such as OBX-7 or CX.4; the segment's name alone, or empty, where the row is about the whole.</param>
/// <param name="DataType">HL7 v2 data type of the field or component; empty where the map gives none.</param>
/// <param name="Condition">In the map's own computable words, or empty.</param>
/// <param name="Target">FHIR attribute as the map writes it.</param>
/// <param name="DataTypeMap">Such as XON[Organization], or empty.</param>
/// <param name="Table">Vocabulary map, such as AdministrativeSex, or empty.</param>
/// <param name="Assignment">What is always written there, as the map writes it, or empty.</param>
public sealed record OfficialRow(
    OfficialMap Map, string Identifier, string DataType, string Condition, string Target, string DataTypeMap, string Table, string Assignment)
{
    /// <summary>The field of a segment row or the component of a data type row; 0 where it is about the whole.</summary>
    public int Number { get; } = Identifier.IndexOfAny(['-', '.']) is >= 0 and var at
        && int.TryParse(Identifier[(at + 1)..].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The segment that has the field of a segment row: RXO[MedicationRequest] has a row of RXE too.</summary>
    public string Segment { get; } = Identifier.Length == 0 ? Map.Source : Identifier.Split('-', '.')[0];

    /// <summary>The row as people name it: identifier and target.</summary>
    public string Name => $"{(Identifier.Length == 0 ? Map.Source : Identifier)} {Target}";

    /// <summary>A text between quotation marks, or behind an equals sign in the target; null where the row takes what the message says.</summary>
    public string? Constant { get; } = ConstantOf(Target, Assignment);

    /// <summary>The row fills its target with something other than the value of its field: a constant, a calculation, or words for the reader.</summary>
    public bool IsAssigned => Assignment.Length > 0 || Constant is not null;

    private static string? ConstantOf(string target, string assignment)
    {
        if (target.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals) return target[(equals + 1)..].Trim('"', ' ');
        return assignment.Length > 1 && assignment[0] == '"' && assignment.IndexOf('"', 1) is > 0 and var end && end == assignment.Length - 1
            ? assignment[1..end].Trim()
            : null;
    }
}

/// <summary>One official map: a sheet.</summary>
/// <param name="Name">Such as OBX[Observation].</param>
/// <param name="OfSegment">False for a data type.</param>
public sealed record OfficialMap(string Name, bool OfSegment)
{
    /// <summary>The segment or data type, such as OBX.</summary>
    public string Source { get; } = Name[..Name.IndexOf('[', StringComparison.Ordinal)];

    /// <summary>The resource that a segment's targets start at, such as Observation.</summary>
    public string Resource { get; } = Name[(Name.IndexOf('[', StringComparison.Ordinal) + 1)..^1].Split('-')[0];

    public override string ToString() => Name;
}
