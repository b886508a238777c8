namespace EHealthPlus.Transformers.Terminology.Local;

/// <summary>What is wrong with a map file, and where.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">Name of the column; empty where the whole line is meant.</param>
public sealed record LocalMapError(string File, int Line, string Column, string Reason)
{
    public override string ToString() => Column.Length == 0 ? $"{File} line {Line}: {Reason}" : $"{File} line {Line}, {Column}: {Reason}";
}
