using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>EI: entity identifier (HL7 v2.8.2 2A.28): EI.2 to EI.4 are an HD.</summary>
public static class Ei
{
    /// <summary>EI[Identifier-System] and its kin: the number, and who gave it as system.</summary>
    public static void ToIdentifier(FhirNode identifier, Value ei)
    {
        if (!identifier.SetText("value", ei[1])) return; // EI.1
        SetAuthority(identifier, ei); // EI.2 EI.3 EI.4
    }

    /// <summary>Adds an identifier of a type of HL7 table 0203, such as PLAC or FILL.</summary>
    public static void AddIdentifier(this FhirNode node, string name, Value ei, string type)
    {
        if (ei[1].Leaf < 0) return;
        var identifier = node.Item(name);
        Cx.ConstantType(identifier, type);
        ToIdentifier(identifier, ei);
    }

    private static void SetAuthority(FhirNode identifier, Value ei)
    {
        // The same rules as Hd, one component further on.
        if (ei[4].Is("ISO"u8) && Terminology.CodeSystems.CodeSystemNames.IsOid(ei[3].Utf8))
        {
            identifier.Set("system", ei.Mapping.Arena.Write($"urn:oid:{ei[3].Text}".AsSpan()), ei[3].Leaf).AlsoFrom("system", ei[4].Leaf);
            identifier.Object("assigner").SetText("display", ei[2]);
        }
        else if (ei[4].IsOneOf("UUID"u8, "GUID"u8) && Guid.TryParse(ei[3].Text, out var guid))
        {
            identifier.Set("system", ei.Mapping.Arena.Write($"urn:uuid:{guid:D}".AsSpan()), ei[3].Leaf).AlsoFrom("system", ei[4].Leaf);
            identifier.Object("assigner").SetText("display", ei[2]);
        }
        else if (ei[2].Leaf >= 0 || ei[3].Leaf >= 0)
        {
            var local = ei[2].Leaf >= 0 ? ei[2] : ei[3];
            identifier.Set("system", LocalUri.Of(ei.Mapping, local.Utf8), local.Leaf);
        }
    }
}
