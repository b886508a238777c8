namespace EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

/// <summary>What can be wrong with a map file. The numbers are told to people and stay.</summary>
public enum MapFaultCode
{
    NotJson = 1,
    WrongKind = 2,
    PropertyUnknown = 3,
    PropertyMissing = 4,
    FieldInvalid = 5,
    ResourceTypeUnknown = 6,
    ElementUnknown = 7,
    TypeUnknown = 8,
    TypeDoesNotFit = 9,
    TableUnknown = 10,
    ExtensionInvalid = 11,
    CategoryUnknown = 12,
    RequiredElementMissing = 13,
    Unreadable = 14,
}

/// <param name="Line">From 1.</param>
public sealed record MapFault(MapFaultCode Code, string File, int Line, string What)
{
    /// <summary>Reads as clinic.json:12: M07 R4 has no Patient.colour.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:{Line}: M{(int)Code:00} {What}");
}
