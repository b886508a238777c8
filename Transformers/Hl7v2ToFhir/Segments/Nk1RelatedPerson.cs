using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>NK1[RelatedPerson] and NK1[Patient]: next of kin, who is a contact of the patient too; an employer or agency is a contact only.</summary>
public static class Nk1RelatedPerson
{
    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (4, "address"), (5, "telecom:"), (6, "telecom:work"), (8, "period.start"), (9, "period.end"), (15, "gender"), (16, "birthDate"), (20, "communication"), (40, "telecom:"),
    ];

    // The contacts of an update are the whole list: what they do not say goes.
    private static readonly (int Field, string Element)[] NullsOfOrganization =
        [(4, "contact"), (5, "contact"), (6, "contact"), (8, "contact"), (9, "contact"), (15, "contact"), (40, "contact")];

    public static void Map(SegmentValue nk1, FhirNode patient)
    {
        if (!nk1.Exists || !patient.Exists) return;
        nk1[1].Drop(DropRule.SetId);
        Contact(nk1, patient);
        if (!IsOrganization(nk1[3].First[1])) Person(nk1);
        else nk1.Mapping.Resources.Nulls(patient, nk1, NullsOfOrganization);
    }

    // The condition of the official message map: IF NK1-3.1 NOT IN ("EMR", "E", "F", "I", "S").
    private static bool IsOrganization(Value relationship) => relationship.Text is "EMR" or "E" or "F" or "I" or "S";

    private static void Contact(SegmentValue nk1, FhirNode patient)
    {
        var contact = patient.Item("contact");
        contact.AddConcepts("relationship", nk1[3], TableMaps.Relationship); // NK1-3 CWE[CodeableConcept]
        contact.AddConcepts("relationship", nk1[7], TableMaps.ContactRole); // NK1-7 CWE[CodeableConcept]
        if (nk1[2].HasValue) Xpn.ToHumanName(contact.Object("name"), nk1[2]); // NK1-2 XPN[HumanName]
        contact.AddContacts("telecom", nk1[5]); // NK1-5 XTN[ContactPoint]
        contact.AddContacts("telecom", nk1[6], use: "work"); // NK1-6 XTN[ContactPoint]
        contact.AddContacts("telecom", nk1[40]); // NK1-40 XTN[ContactPoint]
        if (nk1[4].HasValue) Xad.ToAddress(contact.Object("address"), nk1[4]); // NK1-4 XAD[Address]
        contact.SetMapped("gender", nk1[15], TableMaps.AdministrativeSex); // NK1-15 CWE[Code]
        contact.Refer("organization", Organization(nk1));
        contact.Object("period").SetDateTime("start", nk1[8]); // NK1-8 contact.period.start
        contact.Object("period").SetDateTime("end", nk1[9]); // NK1-9 contact.period.end
        // R4 pat-1: name, telecom, address or organization.
        if (!contact.Has("name") && !contact.Has("telecom") && !contact.Has("address") && !contact.Has("organization")) contact.Remove();
    }

    private static FhirNode Organization(SegmentValue nk1)
    {
        var organization = Xon.ToOrganization(nk1[13]); // NK1-13 XON[Organization]
        if (!organization.Exists || (!nk1[30].HasValue && !nk1[31].HasValue && !nk1[32].HasValue && !nk1[41].HasValue)) return organization;
        var contact = organization.Item("contact");
        if (nk1[30].HasValue) Xpn.ToHumanName(contact.Object("name"), nk1[30]); // NK1-30 XPN[HumanName]
        contact.AddContacts("telecom", nk1[31]); // NK1-31 XTN[ContactPoint]
        contact.AddContacts("telecom", nk1[41]); // NK1-41 XTN[ContactPoint]
        if (nk1[32].HasValue) Xad.ToAddress(contact.Object("address"), nk1[32]); // NK1-32 XAD[Address]
        return organization;
    }

    private static void Person(SegmentValue nk1)
    {
        // Without a name or a number nobody is there to be told from another.
        if (!nk1[2].HasValue && !nk1[33].HasValue && !nk1[30].HasValue) return;
        var mapping = nk1.Mapping;
        var person = mapping.Resources.Begin("RelatedPerson", SharingCategory.PersonalParticulars, WriteMode.Merge);
        mapping.ReferToSubject(person, "patient");
        person.AddIdentifiers("identifier", nk1[12]); // NK1-12 CX[Identifier]
        person.AddIdentifiers("identifier", nk1[33]); // NK1-33 CX[Identifier]
        person.AddConcepts("relationship", nk1[3], TableMaps.Relationship); // NK1-3 CWE[CodeableConcept]
        person.AddConcepts("relationship", nk1[7], TableMaps.ContactRole); // NK1-7 CWE[CodeableConcept]
        person.AddNames("name", nk1[2]); // NK1-2 XPN[HumanName]
        person.AddNames("name", nk1[30]); // NK1-30 XPN[HumanName]
        person.AddContacts("telecom", nk1[5]); // NK1-5 XTN[ContactPoint]
        person.AddContacts("telecom", nk1[6], use: "work"); // NK1-6 XTN[ContactPoint]
        person.AddContacts("telecom", nk1[31]); // NK1-31 XTN[ContactPoint]
        person.AddContacts("telecom", nk1[40]); // NK1-40 XTN[ContactPoint]
        person.AddContacts("telecom", nk1[41]); // NK1-41 XTN[ContactPoint]
        person.SetMapped("gender", nk1[15], TableMaps.AdministrativeSex); // NK1-15 CWE[Code]
        person.SetDate("birthDate", nk1[16]); // NK1-16 birthDate
        person.AddAddresses("address", nk1[4]); // NK1-4 XAD[Address]
        person.AddAddresses("address", nk1[32]); // NK1-32 XAD[Address]
        person.Object("period").SetDateTime("start", nk1[8]); // NK1-8 period.start
        person.Object("period").SetDateTime("end", nk1[9]); // NK1-9 period.end
        if (nk1[20].HasValue) person.Item("communication").SetConcept("language", nk1[20], TableMaps.PrimaryLanguage); // NK1-20 CWE[CodeableConcept]
        mapping.Resources.Nulls(mapping.Resources.ShareOnce(person, RelatedPersonKey.Of(nk1)), nk1, Nulls);
    }
}
