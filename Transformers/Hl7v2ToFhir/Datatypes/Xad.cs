using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>XAD[Address]: extended address (HL7 v2.8.2 2A.87).</summary>
public static class Xad
{
    public static void ToAddress(FhirNode address, Value xad)
    {
        AddressType(address, xad[7]); // XAD.7
        address.AppendText("line", xad[1][1]); // XAD.1 SAD.1
        address.AppendText("line", xad[1][2]); // XAD.1 SAD.2
        address.AppendText("line", xad[1][3]); // XAD.1 SAD.3
        address.AppendText("line", xad[2]); // XAD.2
        address.AppendText("line", xad[19]); // XAD.19
        address.SetText("city", xad[3]); // XAD.3
        address.SetText("state", xad[4]); // XAD.4
        address.SetText("postalCode", xad[5]); // XAD.5
        address.SetText("country", xad[6]); // XAD.6
        Cwe.SetString(address, "district", xad[9]); // XAD.9 CWE[string]
        if (xad[10].HasValue) Cwe.SetString(address.Extension("http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-censusTract"), "valueString", xad[10]); // XAD.10
        Xpn.ToPeriod(address, xad[12], xad[13], xad[14]); // XAD.12 XAD.13 XAD.14
    }

    /// <summary>Adds an address for each repetition.</summary>
    public static void AddAddresses(this FhirNode node, string name, FieldValue field)
    {
        foreach (var xad in field)
        {
            if (xad.HasValue) ToAddress(node.Item(name), xad);
        }
    }

    // HL7 table 0190 says use and type in one code: each goes where FHIR has a place for it, and is kept as sent in an extension else.
    private static void AddressType(FhirNode address, Value type)
    {
        var leaf = type.Leaf;
        if (leaf < 0) return;
        var mapped = false;
        if (TableMaps.AddressTypeUse.TryGet(type.Utf8, out _)) mapped = address.SetMapped("use", type, TableMaps.AddressTypeUse);
        if (TableMaps.AddressTypeType.TryGet(type.Utf8, out _)) mapped |= address.SetMapped("type", type, TableMaps.AddressTypeType);
        if (mapped) return;
        if (type.Is("HV"u8))
        {
            address.Extension("http://hl7.org/fhir/StructureDefinition/iso21090-AD-use").SetCode("valueCode", type);
            return;
        }

        var coding = address.Extension("http://terminology.hl7.org/CodeSystem/v2-0190").Object("valueCodeableConcept").Item("coding");
        coding.Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0190").SetCode("code", type);
    }
}
