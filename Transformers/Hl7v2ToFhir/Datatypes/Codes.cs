using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>ID[code], IS[code], CWE[code], ID[boolean]: codes that FHIR binds, and codes as they are.</summary>
public static class Codes
{
    /// <summary>Sets a code of a required FHIR value set through the official table map.</summary>
    /// <returns>False where the table has no row for it: the value then is carried.</returns>
    public static bool SetMapped(this FhirNode node, string name, Value value, TableMap map)
    {
        var leaf = value.Leaf;
        if (leaf < 0) return false;
        if (!LocalCodes.TryMap(value, map, out var mapped))
        {
            value.Mapping.Notes.Add(leaf, CarryReason.NoTableRow);
            value.Mapping.Unmapped.Add(value, default, map);
            return false;
        }

        node.Set(name, value.Mapping.Arena.Write(mapped.Code), leaf);
        return true;
    }

    /// <summary>The same where the caller knows what to do with a value that the table lacks: nothing is noted.</summary>
    public static bool TrySetMapped(this FhirNode node, string name, Value value, TableMap map)
    {
        var leaf = value.Leaf;
        if (leaf < 0 || !LocalCodes.TryMap(value, map, out var mapped)) return false;
        node.Set(name, value.Mapping.Arena.Write(mapped.Code), leaf);
        return true;
    }

    /// <summary>Sets a code as it was sent.</summary>
    /// <returns>False where FHIR would not take it for a code: white space inside that is more than one blank.</returns>
    public static bool SetCode(this FhirNode node, string name, Value value)
    {
        var leaf = value.Leaf;
        if (leaf < 0) return false;
        var code = value.Mapping.Leaves.Utf8(leaf).Trim((byte)' ');
        if (!IsCode(code))
        {
            value.Mapping.Notes.Add(leaf, CarryReason.NotACode);
            return false;
        }

        node.Set(name, value.Mapping.Arena.Write(code), leaf);
        return true;
    }

    /// <summary>Sets a boolean from Y or N (HL7 table 0136).</summary>
    public static bool SetBoolean(this FhirNode node, string name, Value value)
    {
        var leaf = value.Leaf;
        if (leaf < 0) return false;
        var yes = value.Is("Y"u8);
        if (!yes && !value.Is("N"u8))
        {
            value.Mapping.Notes.Add(leaf, CarryReason.NotYesOrNo);
            return false;
        }

        node.Set(name, yes, leaf);
        return true;
    }

    /// <summary>R4 2.24.0.1: no white space at the ends, single blanks inside.</summary>
    internal static bool IsCode(ReadOnlySpan<byte> code) =>
        !code.IsEmpty && code[0] > (byte)' ' && code[^1] > (byte)' '
        && code.IndexOfAny((byte)'\t', (byte)'\r', (byte)'\n') < 0 && (!code.Contains((byte)' ') || code.IndexOf("  "u8) < 0);
}
