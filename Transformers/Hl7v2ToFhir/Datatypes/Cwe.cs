using System.Collections.Concurrent;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.CodeSystems;
using EHealthPlus.Transformers.Terminology.Local;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// CWE, CNE, CE, CF, IS and ID as CodeableConcept and Coding (HL7 v2.8.2 2A.13). A code keeps the system that it states; one without
/// gets the system of its HL7 table, or says that it is local to the source.
/// </summary>
public static class Cwe
{
    private static readonly ConcurrentDictionary<TableMap, byte[]> TableUris = new();

    /// <summary>CWE[CodeableConcept].</summary>
    /// <param name="concept">Node of the CodeableConcept.</param>
    /// <param name="map">The official map of the field's HL7 table, where there is one: what it gives stands first, the code as sent beside it.</param>
    public static void ToCodeableConcept(FhirNode concept, Value cwe, TableMap? map = null)
    {
        if (!cwe.HasValue) return;
        var local = LocalCodes.Find(cwe, map);
        var added = local is not null && !SaysAlready(cwe, local);
        if (added)
        {
            ToLocalCoding(concept.Item("coding"), cwe[1], map, local!);
        }
        else if (local is null && map is not null && MappedElsewhere(cwe, map, out var sameCode))
        {
            ToMappedCoding(concept.Item("coding"), cwe[1], map);
            // The bare code of the field's own table: beside the mapped one it would say the same once more.
            if (sameCode && cwe.PartCount == 1) return;
        }
        else if (local is null && IsUnmapped(cwe, map))
        {
            cwe.Mapping.Unmapped.Add(cwe[1], cwe[3], map);
        }

        ToCoding(concept, cwe, map, 1, 2, 3, 7, 14, chosen: added); // CWE.1 CWE.2 CWE.3 CWE.7 CE.1 CE.2 CE.3
        if (cwe.PartCount < 4) return;
        ToCoding(concept, cwe, null, 4, 5, 6, 8, 17); // CWE.4 CWE.5 CWE.6 CWE.8 CE.4 CE.5 CE.6
        ToCoding(concept, cwe, null, 10, 11, 12, 13, 20); // CWE.10 CWE.11 CWE.12 CWE.13
        concept.SetText("text", cwe[9]); // CWE.9
    }

    /// <summary>Sets a CodeableConcept where the value has something for it.</summary>
    public static void SetConcept(this FhirNode node, string name, Value cwe, TableMap? map = null)
    {
        if (cwe.HasValue) ToCodeableConcept(node.Object(name), cwe, map);
    }

    /// <summary>Adds a CodeableConcept to a list for each repetition.</summary>
    public static void AddConcepts(this FhirNode node, string name, FieldValue field, TableMap? map = null)
    {
        foreach (var cwe in field)
        {
            if (cwe.HasValue) ToCodeableConcept(node.Item(name), cwe, map);
        }
    }

    /// <summary>CWE[Coding]: the first code alone.</summary>
    public static void ToCoding(FhirNode coding, Value cwe, TableMap? map = null)
    {
        if (LocalCodes.Find(cwe[1], cwe[3], map) is { } local) ToLocalCoding(coding, cwe[1], map, local);
        else if (map is not null && cwe[1].Leaf >= 0 && map.TryGet(cwe[1].Utf8, out _)) ToMappedCoding(coding, cwe[1], map);
        else Unmapped(coding, cwe, map);
        if (!coding.Has("display")) coding.SetText("display", cwe[2]);
    }

    private static void Unmapped(FhirNode coding, Value cwe, TableMap? map)
    {
        Fill(coding, cwe, null, 1, 2, 3, 7, 14);
        if (IsUnmapped(cwe, map)) cwe.Mapping.Unmapped.Add(cwe[1], cwe[3], map);
    }

    /// <summary>A Coding out of the official table map.</summary>
    /// <returns>False where the map has no row.</returns>
    public static bool ToMappedCoding(FhirNode coding, Value code, TableMap map)
    {
        if (code.Leaf < 0 || !LocalCodes.TryMap(code, map, out var mapped)) return false;
        var arena = code.Mapping.Arena;
        coding.ConstantText("system", arena.Write(mapped.System));
        coding.Set("code", arena.Write(mapped.Code), code.Leaf);
        if (!mapped.Display.IsEmpty) coding.ConstantText("display", arena.Write(mapped.Display));
        return true;
    }

    /// <summary>CWE[string]: the text as the sender wrote it, else the name of the code, else the code.</summary>
    public static bool SetString(FhirNode node, string name, Value cwe) =>
        node.SetText(name, cwe[9]) || node.SetText(name, cwe[2]) || node.SetText(name, cwe[1]); // CWE.9 CWE.2 CWE[string]

    /// <summary>Sets the URI of a code system from its name in HL7 table 0396.</summary>
    public static bool SetSystem(FhirNode coding, string name, Value system)
    {
        var leaf = system.Leaf;
        if (leaf < 0) return false;
        coding.Set(name, system.Mapping.CodeSystems.Of(system.Utf8), leaf);
        return true;
    }

    /// <param name="chosen">True where another coding stands beside it that the hub added: this is the one that the sender chose.</param>
    private static void ToCoding(FhirNode concept, Value cwe, TableMap? map, int code, int display, int system, int version, int oid, bool chosen = false)
    {
        if (cwe[code].Leaf < 0 && cwe[display].Leaf < 0) return;
        var coding = concept.Item("coding");
        Fill(coding, cwe, map, code, display, system, version, oid);
        if (chosen) coding.ConstantJson("userSelected", "true");
    }

    // A local map may give a code of the v2 table itself, which the official map then takes on.
    private static void ToLocalCoding(FhirNode coding, Value code, TableMap? map, LocalMapRow local)
    {
        LocalCodes.Fill(coding, code, local);
        if (map is null || !map.TryGetTarget(local, out var mapped)) return;
        var arena = code.Mapping.Arena;
        coding.ConstantText("system", arena.Write(mapped.System));
        coding.Set("code", arena.Write(mapped.Code), code.Leaf);
        if (!mapped.Display.IsEmpty) coding.ConstantText("display", arena.Write(mapped.Display));
    }

    // The sender may state the standard code himself, as the alternate one.
    private static bool SaysAlready(Value cwe, LocalMapRow local) =>
        (cwe[4].Is(local.TargetCodeUtf8) && CodeSystemNames.TryGetUri(cwe[6].Utf8, out var uri) && uri.SequenceEqual(local.TargetSystemUtf8))
        || (cwe[10].Is(local.TargetCodeUtf8) && CodeSystemNames.TryGetUri(cwe[12].Utf8, out uri) && uri.SequenceEqual(local.TargetSystemUtf8));

    // Work to do: a code of a table that has no such row, or one whose system only its sender knows, with no standard code beside it.
    private static bool IsUnmapped(Value cwe, TableMap? map)
    {
        if (cwe[1].Leaf < 0 || HasStandardSystem(cwe, 4, 6) || HasStandardSystem(cwe, 10, 12)) return false;
        if (map is not null && cwe[3].Leaf < 0) return !map.TryGet(cwe[1].Utf8, out _);
        return !HasStandardSystem(cwe, 1, 3) && !(cwe.PartCount >= 14 && CodeSystemNames.IsOid(cwe[14].Utf8.Trim((byte)' ')));
    }

    private static bool HasStandardSystem(Value cwe, int code, int system) =>
        cwe.PartCount >= system && cwe[code].Leaf >= 0 && cwe[system].Leaf >= 0 && cwe.Mapping.CodeSystems.IsStandard(cwe[system].Utf8);

    private static void Fill(FhirNode coding, Value cwe, TableMap? map, int code, int display, int system, int version, int oid)
    {
        var parts = cwe.PartCount;
        var coded = cwe[code];
        if (!SetSystem(coding, "system", cwe[system]) && !(parts >= oid && SetSystemOfOid(coding, cwe[oid])) && coded.Leaf >= 0) SetImpliedSystem(coding, coded, map);
        if (parts >= version) coding.SetText("version", cwe[version]);
        var written = coding.SetCode("code", coded);
        if (!coding.SetText("display", cwe[display]) && !written) coding.SetText("display", coded);
    }

    private static bool SetSystemOfOid(FhirNode coding, Value oid)
    {
        var text = oid.Utf8.Trim((byte)' ');
        if (!CodeSystemNames.IsOid(text)) return false;
        var arena = oid.Mapping.Arena;
        coding.Set("system", CodeSystemNames.TryGetUriOfOid(text, out var uri) ? arena.Write(uri) : arena.Write($"urn:oid:{oid.Text.Trim()}".AsSpan()), oid.Leaf);
        return true;
    }

    // The system is not stated. A code of the field's table belongs to that table; any other is local to the source and this field.
    private static void SetImpliedSystem(FhirNode coding, Value code, TableMap? map)
    {
        var mapping = code.Mapping;
        if (map is not null && map.TryGet(code.Utf8, out _))
        {
            coding.ConstantText("system", mapping.Arena.Write(UriOfTable(map)));
            return;
        }

        coding.ConstantText("system", LocalUri.Of(mapping, mapping.FieldName(code)));
    }

    // True where the official map gives another code, or one of another system, than what is sent says.
    private static bool MappedElsewhere(Value cwe, TableMap map, out bool sameCode)
    {
        sameCode = false;
        if (cwe[1].Leaf < 0) return false;
        if (!map.TryGet(cwe[1].Utf8, out var mapped))
        {
            cwe.Mapping.Notes.Add(cwe[1].Leaf, CarryReason.NoTableRow);
            return false;
        }

        // A code of another system than the table's only looks like one of the table.
        var table = UriOfTable(map);
        if (cwe[3].Leaf >= 0 && (!CodeSystemNames.TryGetUri(cwe[3].Utf8, out var uri) || !uri.SequenceEqual(table))) return false;
        sameCode = cwe[1].Utf8.SequenceEqual(mapped.Code);
        return !sameCode || !mapped.System.SequenceEqual(table);
    }

    private static byte[] UriOfTable(TableMap map) => TableUris.GetOrAdd(map, static table =>
        CodeSystemNames.TryGetUri(System.Text.Encoding.ASCII.GetBytes(table.Table), out var uri) ? uri.ToArray() : throw new ArgumentException($"{table.Table} is no HL7 table", nameof(map)));
}
