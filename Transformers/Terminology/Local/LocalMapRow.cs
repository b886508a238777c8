using System.Text;

namespace EHealthPlus.Transformers.Terminology.Local;

/// <summary>One row of a local map: what one local code of one source means in a standard, and when.</summary>
/// <param name="Source">Id of the source that sends the code.</param>
/// <param name="Field">A field, such as OBX-3, or the number of an HL7 v2 table, such as 0001, for every field of that table.</param>
/// <param name="Code">As sent.</param>
/// <param name="System">Name of the coding system as sent (CWE.3); empty for a code that names none, or none that is a standard's.</param>
/// <param name="TargetSystem">URI of the standard code system.</param>
/// <param name="TargetDisplay">May be empty.</param>
/// <param name="From">First day on which it holds.</param>
/// <param name="Until">Last day on which it holds; null for no end.</param>
/// <param name="File">Where it is written, for people.</param>
/// <param name="Line">In that file, from 1.</param>
public sealed record LocalMapRow(
    string Source, string Field, string Code, string System, string TargetSystem, string TargetCode, string TargetDisplay,
    DateOnly From, DateOnly? Until, string Comment, string File, int Line)
{
    /// <summary>What the ledger says where the row was used.</summary>
    public string Note => field ??= $"Local map {File} line {Line}";

    /// <summary>What the ledger says where FHIR asks for one of its own codes, and the row gives another.</summary>
    public string UnfitNote => field ??= $"Local map {File} line {Line} gives a code that FHIR does not take here";

    public ReadOnlySpan<byte> TargetSystemUtf8 => targetSystem ??= Encoding.UTF8.GetBytes(TargetSystem);

    public ReadOnlySpan<byte> TargetCodeUtf8 => targetCode ??= Encoding.UTF8.GetBytes(TargetCode);

    public ReadOnlySpan<byte> TargetDisplayUtf8 => targetDisplay ??= Encoding.UTF8.GetBytes(TargetDisplay);

    private byte[]? targetSystem;
    private byte[]? targetCode;
    private byte[]? targetDisplay;

    public bool HoldsOn(DateOnly date) => From <= date && !(Until < date);

    internal bool Meets(LocalMapRow other) => !(Until < other.From) && !(other.Until < From);
}
