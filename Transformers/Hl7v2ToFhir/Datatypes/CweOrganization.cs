using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>CWE[Organization]: an organization named by a code, as the producer of OBX-15.</summary>
public static class CweOrganization
{
    /// <param name="addresses">Addresses that another field gives for the organization.</param>
    /// <param name="contacts">Telecommunication numbers that another field gives for the organization.</param>
    /// <returns>No node where the value is absent.</returns>
    public static FhirNode Map(Value cwe, FieldValue addresses = default, FieldValue contacts = default)
    {
        if (!cwe.HasValue) return default;
        var mapping = cwe.Mapping;
        var organization = mapping.Resources.BeginMentioned("Organization");
        if (cwe[1].Leaf >= 0)
        {
            var identifier = organization.Item("identifier");
            identifier.SetText("value", cwe[1]); // CWE.1 identifier.value
            Cwe.SetSystem(identifier, "system", cwe[3]); // CWE.3 identifier.system
        }

        if (!organization.SetText("name", cwe[9])) organization.SetText("name", cwe[2]); // CWE.9 CWE.2 name
        organization.AddAddresses("address", addresses);
        organization.AddContacts("telecom", contacts);
        return mapping.Resources.Share(organization, mapping.Resources.Key("Organization").Add(cwe[1]).Add(cwe[3]).Add(cwe[1].Leaf < 0 ? cwe[2] : default));
    }
}
