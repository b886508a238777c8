namespace EHealthPlus.Transformers.Hl7v2.Reading;

/// <summary>What a message may not exceed. The size of the whole message is the receiving adapter's limit.</summary>
/// <param name="FieldBytes">Of any field but OBX-5, which carries documents and images.</param>
/// <param name="Repetitions">Of one field.</param>
/// <param name="Fields">Of one segment. The standard's longest segments have about a hundred.</param>
public sealed record ReadingLimits(int FieldBytes = 1 << 20, int Repetitions = 10_000, int Segments = 20_000, int Fields = 1_000);
