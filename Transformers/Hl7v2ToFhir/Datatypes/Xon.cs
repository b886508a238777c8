using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>XON[Organization]: extended composite name and id for organizations (HL7 v2.8.2 2A.91).</summary>
public static class Xon
{
    /// <param name="addresses">Addresses that another field gives for the organization.</param>
    /// <param name="contacts">Telecommunication numbers that another field gives for the organization.</param>
    /// <returns>No node where the value is absent.</returns>
    public static FhirNode ToOrganization(Value xon, FieldValue addresses = default, FieldValue contacts = default)
    {
        if (!xon.HasValue) return default;
        var mapping = xon.Mapping;
        var organization = mapping.Resources.BeginMentioned("Organization");
        organization.SetText("name", xon[1]); // XON.1
        var number = xon[10].Leaf >= 0 ? xon[10] : xon[3];
        if (number.Leaf >= 0)
        {
            var identifier = organization.Item("identifier");
            identifier.SetText("value", number); // XON.3 XON.10
            Cx.CheckDigit(identifier, xon[4], xon[5]); // XON.4 XON.5
            Hd.SetAuthority(identifier, xon[6]); // XON.6 HD[uri]
            Cx.SetType(identifier, xon[7]); // XON.7
        }

        if (xon[2].HasValue) // XON.2 CWE[Coding]: Organization.type is for kinds of organization, so the kind of name stands in an extension of it.
            Cwe.ToCoding(organization.Object("_name").Extension("http://terminology.hl7.org/CodeSystem/v2-0204").Object("valueCoding"), xon[2], TableMaps.OrganizationalNameType);
        organization.AddAddresses("address", addresses);
        organization.AddContacts("telecom", contacts);
        var key = mapping.Resources.Key("Organization");
        if (number.Leaf >= 0) key.Add(number).Add(xon[6][1]).Add(xon[6][2]);
        else key.Add(xon[1]);
        return mapping.Resources.Share(organization, key);
    }

    /// <summary>XON[string].</summary>
    public static bool SetString(FhirNode node, string name, Value xon) => node.SetText(name, xon[1]) || node.SetText(name, xon[10]); // XON.1 XON.10
}
