using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>XPN[HumanName]: extended person name (HL7 v2.8.2 2A.89).</summary>
public static class Xpn
{
    public static void ToHumanName(FhirNode name, Value xpn, string? use = null)
    {
        ToUse(name, xpn, use);
        ToFamily(name, xpn[1]); // XPN.1 FN[HumanName]
        name.AppendText("given", xpn[2]); // XPN.2
        Surroundings(name, xpn);
        Representation(name, xpn[8]); // XPN.8
    }

    private static void ToUse(FhirNode name, Value xpn, string? use = null)
    {
        // A says alias: what the field says, or nothing that FHIR has a code for.
        if (use is not null && xpn[7].Is("A"u8)) name.Set("use", use, xpn[7].Leaf);
        else if (xpn[7].Leaf >= 0 && name.SetMapped("use", xpn[7], TableMaps.NameType)) return; // XPN.7
        else if (use is not null) name.Constant("use", use);
    }

    private static void Surroundings(FhirNode name, Value xpn)
    {
        name.AppendText("given", xpn[3]); // XPN.3
        name.AppendText("prefix", xpn[5]); // XPN.5
        name.AppendText("suffix", xpn[4]); // XPN.4
        name.AppendText("suffix", xpn[6]); // XPN.6
        name.AppendText("suffix", xpn[14]); // XPN.14
        AssemblyOrder(name, xpn[11]); // XPN.11
        ToPeriod(name, xpn[10], xpn[12], xpn[13]); // XPN.10 DR[Period] XPN.12 XPN.13
    }

    /// <summary>Adds a name for each repetition; XPN.15 (called by) makes a nickname of its own.</summary>
    /// <param name="use">HumanName.use where XPN.7 says none, such as nickname; or null.</param>
    public static void AddNames(this FhirNode node, string property, FieldValue field, string? use = null)
    {
        foreach (var xpn in field)
        {
            if (!xpn.HasValue) continue;
            if (TwoScriptNames.TryAdd(node, property, xpn[1][1], xpn[2], xpn[8], out var romanised, out var ideographic))
            {
                ToUse(romanised, xpn, use);
                Surroundings(romanised, xpn);
                ToUse(ideographic, xpn, use);
            }
            else
            {
                ToHumanName(node.Item(property), xpn, use);
            }

            if (xpn[15].Leaf >= 0) node.Item(property).Constant("use", "nickname").AppendText("given", xpn[15]); // XPN.15
        }
    }

    /// <summary>XPN[string]: the parts in the order of speech: given names, family name.</summary>
    public static bool SetString(FhirNode node, string name, Value xpn) => node.SetJoined(name, " "u8, xpn[2], xpn[3], xpn[1]);

    /// <summary>FN[HumanName]: the family name with its prefixes told apart.</summary>
    internal static void ToFamily(FhirNode name, Value fn)
    {
        name.SetText("family", fn[1]); // FN.1
        if (fn.PartCount < 2) return;
        FamilyPart(name, fn[2], "http://hl7.org/fhir/StructureDefinition/humanname-own-prefix"); // FN.2
        FamilyPart(name, fn[3], "http://hl7.org/fhir/StructureDefinition/humanname-own-name"); // FN.3
        FamilyPart(name, fn[4], "http://hl7.org/fhir/StructureDefinition/humanname-partner-prefix"); // FN.4
        FamilyPart(name, fn[5], "http://hl7.org/fhir/StructureDefinition/humanname-partner-name"); // FN.5
    }

    internal static void ToPeriod(FhirNode node, Value range, Value start, Value end)
    {
        if (start.Leaf < 0 && end.Leaf < 0)
        {
            if (range.HasValue) Dr.ToPeriod(node.Object("period"), range);
            return;
        }

        node.Object("period").SetDateTime("start", start);
        node.Object("period").SetDateTime("end", end);
    }

    internal static void AssemblyOrder(FhirNode name, Value order)
    {
        if (order.Leaf >= 0) name.Extension("http://hl7.org/fhir/StructureDefinition/humanname-assembly-order").SetMapped("valueCode", order, TableMaps.NameAssemblyOrder);
    }

    /// <summary>How the name is written (HL7 table 4000): the official map has no row; R4 has the extension for it.</summary>
    internal static void Representation(FhirNode name, Value representation)
    {
        if (representation.Leaf < 0) return;
        var code = representation.Is("I"u8) ? "IDE" : representation.Is("A"u8) ? "ABC" : representation.Is("P"u8) ? "SYL" : null;
        if (code is null) representation.Note(CarryReason.NoTableRow);
        else name.Extension("http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation").Set("valueCode", code, representation.Leaf);
    }

    private static void FamilyPart(FhirNode name, Value part, string url)
    {
        if (part.Leaf >= 0) name.Object("_family").Extension(url).SetText("valueString", part);
    }
}
