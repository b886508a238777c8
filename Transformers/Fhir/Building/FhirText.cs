namespace EHealthPlus.Transformers.Fhir.Building;

/// <summary>A slice of an arena's UTF-8 text. Valid until the arena is cleared.</summary>
public readonly record struct FhirText(int Offset, int Length)
{
    public bool IsEmpty => Length == 0;
}
