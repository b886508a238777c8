using System.Diagnostics.CodeAnalysis;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Local;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>Codes through the local maps of the source that sent them: what a source says of its own codes goes before the official map.</summary>
internal static class LocalCodes
{
    /// <summary>The row for a coded value. Most sources have no local maps, and then nothing is looked at.</summary>
    public static LocalMapRow? Find(Value cwe, TableMap? map) => cwe.Mapping.LocalMaps is null ? null : Find(cwe[1], cwe[3], map);

    /// <param name="system">Its coding system as sent, or no value.</param>
    /// <param name="map">The official map of the field's table, or null.</param>
    /// <returns>Null where the source has no row for it on the day that counts.</returns>
    public static LocalMapRow? Find(Value code, Value system, TableMap? map)
    {
        var mapping = code.Mapping;
        if (mapping?.LocalMaps is not { } maps || code.Leaf < 0) return null;
        var named = system.Leaf >= 0 ? system.Utf8.Trim((byte)' ') : default;
        return maps.Find(
            mapping.FieldName(code), map is null ? default : map.NumberUtf8, code.Utf8, named, system.Leaf >= 0 && mapping.CodeSystems.IsStandard(named),
            code, static value => ClinicalDay.Of(value));
    }

    /// <summary>What a code that FHIR binds becomes: by the local map where it has a row that fits, else by the official one.</summary>
    public static bool TryMap(Value code, TableMap map, [NotNullWhen(true)] out MappedCode? mapped)
    {
        if (Find(code, default, map) is { } local)
        {
            if (map.TryGetTarget(local, out mapped))
            {
                code.Note(local.Note);
                return true;
            }

            code.Note(local.UnfitNote);
        }

        return map.TryGet(code.Utf8, out mapped);
    }

    /// <summary>Fills a Coding with what a row gives.</summary>
    public static void Fill(FhirNode coding, Value code, LocalMapRow row)
    {
        SetCode(coding, code, row);
        if (row.TargetDisplay.Length > 0) coding.ConstantText("display", code.Mapping.Arena.Write(row.TargetDisplayUtf8));
    }

    /// <summary>System and code alone, as a Quantity has them.</summary>
    public static void SetCode(FhirNode coding, Value code, LocalMapRow row)
    {
        var arena = code.Mapping.Arena;
        coding.ConstantText("system", arena.Write(row.TargetSystemUtf8));
        coding.Set("code", arena.Write(row.TargetCodeUtf8), code.Leaf);
        code.Mapping.Notes.Add(code.Leaf, row.Note);
    }
}
