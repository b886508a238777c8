using System.Collections.Frozen;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

/// <summary>The FHIR data types that a configured field can be written as, each with the HL7 v2 type that it reads.</summary>
internal static class ConfiguredTypes
{
    private delegate void Write(FhirNode node, string name, Value value, TableMap? table);

    private static readonly FrozenDictionary<string, Write> Writers = new Dictionary<string, Write>(StringComparer.Ordinal)
    {
        ["string"] = (node, name, value, _) => node.SetText(name, value),
        ["markdown"] = (node, name, value, _) => node.SetText(name, value),
        ["code"] = (node, name, value, table) => { if (table is null) node.SetCode(name, value); else node.SetMapped(name, value, table); },
        ["boolean"] = (node, name, value, _) => node.SetBoolean(name, value),
        ["date"] = (node, name, value, _) => node.SetDate(name, value),
        ["dateTime"] = (node, name, value, _) => node.SetDateTime(name, value),
        ["instant"] = (node, name, value, _) => node.SetInstant(name, value),
        ["time"] = (node, name, value, _) => node.SetTime(name, value),
        ["decimal"] = (node, name, value, _) => node.SetDecimal(name, value),
        ["positiveInt"] = (node, name, value, _) => node.SetPositiveInteger(name, value),
        ["unsignedInt"] = (node, name, value, _) => node.SetUnsignedInteger(name, value),
        ["integer"] = (node, name, value, _) => node.SetUnsignedInteger(name, value),
        ["CodeableConcept"] = (node, name, value, table) => node.SetConcept(name, value, table),
        ["Coding"] = (node, name, value, table) => Cwe.ToCoding(node.Object(name), value, table),
        ["Identifier"] = (node, name, value, _) => Cx.ToIdentifier(node.Object(name), value),
        ["HumanName"] = (node, name, value, _) => Xpn.ToHumanName(node.Object(name), value),
        ["Address"] = (node, name, value, _) => Xad.ToAddress(node.Object(name), value),
        ["ContactPoint"] = (node, name, value, _) => Xtn.ToContactPoint(node.Object(name), value),
        ["Quantity"] = (node, name, value, _) => Quantities.SetQuantity(node, name, value),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string type) => Writers.ContainsKey(type);

    public static IEnumerable<string> Names => Writers.Keys.Order(StringComparer.Ordinal);

    /// <summary>A type of FHIR that starts with a capital is an object: it can be an item of a list.</summary>
    public static bool IsObject(string type) => char.IsAsciiLetterUpper(type[0]);

    public static void Set(FhirNode node, string name, string type, Value value, TableMap? table) => Writers[type](node, name, value, table);

    /// <summary>Adds an item to a list.</summary>
    public static void Add(FhirNode node, string name, string type, Value value, TableMap? table)
    {
        switch (type)
        {
            case "CodeableConcept":
                Cwe.ToCodeableConcept(node.Item(name), value, table);
                break;
            case "Coding":
                Cwe.ToCoding(node.Item(name), value, table);
                break;
            case "Identifier":
                Cx.ToIdentifier(node.Item(name), value);
                break;
            case "HumanName":
                Xpn.ToHumanName(node.Item(name), value);
                break;
            case "Address":
                Xad.ToAddress(node.Item(name), value);
                break;
            case "ContactPoint":
                Xtn.ToContactPoint(node.Item(name), value);
                break;
            default:
                node.AppendText(name, value);
                break;
        }
    }

    /// <summary>Types that <see cref="Add"/> takes.</summary>
    public static bool CanRepeat(string type) => type is "CodeableConcept" or "Coding" or "Identifier" or "HumanName" or "Address" or "ContactPoint" or "string" or "markdown";
}
