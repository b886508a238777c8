using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>IN1[Coverage], and what IN2 adds to it. Coverage needs a payor (R4 11.1.3): an IN1 that names none is carried.</summary>
public static class In1Coverage
{
    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
        [(8, "class"), (11, "policyHolder"), (12, "period.start"), (13, "period.end"), (15, "type"), (16, "subscriber"), (17, "relationship"), (49, "subscriberId")];

    /// <param name="mode">CreateIfAbsent where the message is about something else.</param>
    public static FhirNode Map(SegmentValue in1, WriteMode mode = WriteMode.Merge)
    {
        var mapping = in1.Mapping;
        var in2 = in1.Index + 1 < mapping.Segments.Count && mapping.Segments[in1.Index + 1] is { Name: "IN2" } behind ? behind : default;
        in1[1].Drop(DropRule.SetId);
        var payor = Payor(in1);
        if (!payor.Populated) return default;
        var coverage = mapping.Resources.Begin("Coverage", SharingCategory.PersonalParticulars, mode);
        if (in1[2].HasValue) PlanIdentifier(coverage.Item("identifier"), in1[2]);
        coverage.AddIdentifiers("identifier", in2[61], "MB"); // IN2-61 identifier
        coverage.Set("status", "active");
        coverage.SetConcept("type", in1[15], TableMaps.PlanId); // IN1-15 CWE[CodeableConcept]
        coverage.Refer("policyHolder", Holder(in1));
        Subscriber(coverage, in1);
        coverage.SetText("subscriberId", in1[49].First[1]); // IN1-49 subscriberId
        if (in1[49].HasValue) // IN1-49 CX[Identifier]
            Cx.ToIdentifier(coverage.Extension("http://hl7.org/fhir/5.0/StructureDefinition/extension-subscriberId").Object("valueIdentifier"), in1[49]);
        mapping.ReferToSubject(coverage, "beneficiary");
        coverage.SetConcept("relationship", in1[17], TableMaps.Relationship); // IN1-17 CWE[CodeableConcept]
        coverage.Object("period").SetDateTime("start", in1[12]); // IN1-12 period.start
        coverage.Object("period").SetDateTime("end", in1[13]); // IN1-13 period.end
        coverage.ReferItem("payor", payor); // IN1-4 XON[Organization]
        Group(coverage, in1);
        mapping.Resources.Own(coverage, mapping.Resources.PartOf(mapping.Patient, "Coverage")
            .Add(in1[2].First[1]).Add(in1[3].First[1]).Add(in1[4].First[1]).Add(in1[36]).Add(in1[49].First[1]));
        mapping.Resources.Nulls(coverage, in1, Nulls);
        return coverage;
    }

    private static FhirNode Payor(SegmentValue in1)
    {
        var resources = in1.Mapping.Resources;
        var company = Xon.ToOrganization(in1[4], in1[5], in1[7]); // IN1-4 XON[Organization] IN1-5 XAD[Address]
        if (company.Exists)
        {
            company.AddIdentifiers("identifier", in1[3]);
            return company;
        }

        if (!in1[3].HasValue) return default;
        var numbered = resources.BeginMentioned("Organization");
        numbered.AddIdentifiers("identifier", in1[3]);
        numbered.AddAddresses("address", in1[5]);
        return resources.Share(numbered, resources.Key("Organization").Add(in1[3].First[1]).Add(in1[3].First[4][1]));
    }

    private static void PlanIdentifier(FhirNode identifier, Value plan)
    {
        identifier.SetText("value", plan[1]); // IN1-2 CWE[Identifier]
        Cwe.SetSystem(identifier, "system", plan[3]); // IN1-2 CWE.3
        identifier.Object("type").SetText("text", plan[2]); // IN1-2 CWE.2
    }

    private static FhirNode Holder(SegmentValue in1)
    {
        var employer = Xon.ToOrganization(in1[11]); // IN1-11 XON[Organization]
        if (employer.Exists) employer.AddIdentifiers("identifier", in1[10]); // IN1-10 CX[Identifier]
        return employer;
    }

    private static void Subscriber(FhirNode coverage, SegmentValue in1)
    {
        if (!in1[16].HasValue) return;
        var mapping = in1.Mapping;
        if (in1[17].First[1].IsOneOf("SEL"u8, "01"u8) || in1[17].First[1].Is("18"u8))
        {
            // The name of the insured is the patient's own, which PID-5 gave.
            mapping.ReferToSubject(coverage, "subscriber"); // IN1-16 IF IN1-17 IS 'patient'
            return;
        }

        var person = mapping.Resources.Begin("RelatedPerson", SharingCategory.PersonalParticulars, WriteMode.Merge);
        mapping.ReferToSubject(person, "patient");
        person.AddConcepts("relationship", in1[17], TableMaps.Relationship); // IN1-17
        person.AddNames("name", in1[16]); // IN1-16 IF IN1-17 IS NOT 'patient'
        person.SetMapped("gender", in1[43], TableMaps.AdministrativeSex);
        person.SetDate("birthDate", in1[18]);
        person.AddAddresses("address", in1[19]);
        coverage.Refer("subscriber", mapping.Resources.ShareOnce(person, RelatedPersonKey.Of(in1)));
    }

    private static void Group(FhirNode coverage, SegmentValue in1)
    {
        if (in1[8].First.Leaf < 0) return;
        var group = coverage.Item("class");
        group.ConstantObject("type").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/coverage-class").Constant("code", "group");
        group.SetText("value", in1[8]);
        group.SetText("name", in1[9].First[1]);
    }
}
