using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Merging;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PD1[Patient] and PD1[Observation-LivingWill].</summary>
public static class Pd1Patient
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";

    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (3, "generalPractitioner:Organization"), (4, "generalPractitioner:Practitioner"), (6, ResourceMerge.ExtensionPrefix + Extensions + "patient-disability"),
        (14, ResourceMerge.ExtensionPrefix + Extensions + "patient-congregation"),
    ];

    public static void Map(SegmentValue pd1, FhirNode patient)
    {
        if (!pd1.Exists || !patient.Exists) return;
        foreach (var facility in pd1[3]) patient.ReferItem("generalPractitioner", Xon.ToOrganization(facility)); // PD1-3 XON[Organization]
        foreach (var doctor in pd1[4]) patient.ReferItem("generalPractitioner", Xcn.ToPractitioner(doctor)); // PD1-4 XCN[Practitioner]
        if (pd1[6].HasValue) patient.Extension(Extensions + "patient-disability").SetConcept("valueCodeableConcept", pd1[6]); // PD1-6 CWE[CodeableConcept]
        foreach (var worship in pd1[14]) // PD1-14 XON[string]
        {
            if (worship.HasValue) Xon.SetString(patient.Extension(Extensions + "patient-congregation"), "valueString", worship);
        }

        pd1.Mapping.Resources.Nulls(patient, pd1, Nulls);
        LivingWill(pd1);
    }

    private static void LivingWill(SegmentValue pd1)
    {
        if (!pd1[7].HasValue && !pd1[7].IsNull) return;
        var mapping = pd1.Mapping;
        var observation = mapping.Resources.Begin("Observation", SharingCategory.PersonalParticulars);
        mapping.Resources.Own(observation, mapping.Resources.Key("Observation").Add("PD1-7").Add(mapping.Patient.Utf8Of("id")));
        observation.Constant("status", "final");
        observation.ConstantObject("code").ConstantItem("coding").Constant("system", "http://loinc.org").Constant("code", "75320-2");
        mapping.ReferToSubject(observation, "subject");
        observation.SetConcept("valueCodeableConcept", pd1[7], TableMaps.LivingWillCode); // PD1-7 valueCodeableConcept
        if (!pd1[7].IsNull) return;
        // Written without its value, it takes the place of the one that the record has.
        observation.Object("dataAbsentReason").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/data-absent-reason").Set("code", "unknown");
        pd1[7].Drop(DropRule.NullDeletes);
    }
}
