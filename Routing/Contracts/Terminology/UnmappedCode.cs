namespace EHealthPlus.Routing.Contracts.Terminology;

/// <summary>A code that the maps did not know: of an official table without such a row, or of a system that only its sender knows.</summary>
/// <param name="Field">Where it stands, such as OBX-3.</param>
/// <param name="Table">Number of the HL7 v2 table that the field is of, such as 0001; empty where no official map is for the field.</param>
/// <param name="Code">As sent; at most <see cref="LongestCode"/> characters.</param>
/// <param name="System">Name of the coding system as sent; empty where none is.</param>
public sealed record UnmappedCode(string Field, string Table, string Code, string System)
{
    /// <summary>What is longer is text, not a code, and may say something about a patient: it is never kept.</summary>
    public const int LongestCode = 40;
}
