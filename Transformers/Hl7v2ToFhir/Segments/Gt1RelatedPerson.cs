using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>GT1: the guarantor as RelatedPerson. The official maps have no GT1; this follows NK1[RelatedPerson].</summary>
public static class Gt1RelatedPerson
{
    /// <returns>No node where the patient pays himself, and where nobody is named.</returns>
    public static FhirNode Map(SegmentValue gt1)
    {
        gt1[1].Drop(DropRule.SetId);
        // Who pays himself is the patient: that says no more than PID.
        if (!gt1[3].HasValue || gt1[11].First[1].Is("SEL"u8)) return default;
        var mapping = gt1.Mapping;
        var person = mapping.Resources.Begin("RelatedPerson", SharingCategory.PersonalParticulars, WriteMode.Merge);
        person.AddIdentifiers("identifier", gt1[2]);
        mapping.ReferToSubject(person, "patient");
        person.ConstantItem("relationship").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v3-RoleClass").Constant("code", "GUAR").Constant("display", "guarantor");
        person.AddConcepts("relationship", gt1[11], TableMaps.Relationship);
        person.AddNames("name", gt1[3]);
        person.AddContacts("telecom", gt1[6], use: "home");
        person.AddContacts("telecom", gt1[7], use: "work");
        person.SetMapped("gender", gt1[9], TableMaps.AdministrativeSex);
        person.SetDate("birthDate", gt1[8]);
        person.AddAddresses("address", gt1[5]);
        person.Object("period").SetDateTime("start", gt1[13]);
        person.Object("period").SetDateTime("end", gt1[14]);
        return mapping.Resources.ShareOnce(person, RelatedPersonKey.Of(gt1));
    }
}
