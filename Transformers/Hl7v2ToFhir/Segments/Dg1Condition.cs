using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Merging;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>DG1[Condition], DG1[Encounter] and DG1[EpisodeOfCare]: a diagnosis, and its place among those of the visit.</summary>
public static class Dg1Condition
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";

    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (5, "onset"), (16, "asserter"), (19, "recordedDate"), (19, Extension("condition-assertedDate")), (22, Extension("condition-dueTo")),
    ];

    /// <param name="mode">CreateIfAbsent where the message is about something else.</param>
    /// <returns>No node where the DG1 names no diagnosis.</returns>
    public static FhirNode Map(SegmentValue dg1, FhirNode encounter, WriteMode mode = WriteMode.Merge)
    {
        var mapping = dg1.Mapping;
        // R4 Condition.subject is 1..1.
        if (!mapping.Patient.Exists || (!dg1[3].HasValue && !dg1[4].HasValue)) return default;
        dg1[1].Drop(DropRule.SetId);
        var error = dg1[21].First.Is("D"u8);
        // To withdraw it is never said in passing.
        var condition = mapping.Resources.Begin("Condition", SharingCategory.DiagnosesProceduresMedications, error ? WriteMode.Merge : mode);
        if (dg1[20].HasValue) Ei.ToIdentifier(condition.Item("identifier"), dg1[20]); // DG1-20 EI[Identifier-Extension]
        if (error) // DG1-21 verificationStatus.coding.code
            condition.Object("verificationStatus").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/condition-ver-status").Set("code", "entered-in-error", dg1[21].First.Leaf);
        condition.ConstantItem("category").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/condition-category").Constant("code", "encounter-diagnosis");
        condition.SetConcept("code", dg1[3]); // DG1-3 CWE[CodeableConcept]
        if (!condition.Object("code").Has("text")) condition.Object("code").SetText("text", dg1[4]); // DG1-4 code[1].text
        mapping.ReferToSubject(condition, "subject");
        condition.Refer("encounter", encounter);
        condition.SetDateTime("onsetDateTime", dg1[5]); // DG1-5 onsetDateTime
        if (dg1[19].HasValue) condition.Extension(Extensions + "condition-assertedDate").SetDateTime("valueDateTime", dg1[19]); // DG1-19 extension[1].valueDateTime
        condition.SetDateTime("recordedDate", dg1[19]); // DG1-19 recordedDate
        condition.Refer("asserter", Xcn.ToPractitioner(dg1[16])); // DG1-16 XCN[Practitioner]
        if (dg1[22].HasValue) // DG1-22 EI[Condition]
            Ei.ToIdentifier(condition.Extension(Extensions + "condition-dueTo").Object("valueReference").Constant("type", "Condition").Object("identifier"), dg1[22]);
        condition = mapping.Resources.ShareOnce(condition, Key(dg1));
        mapping.Resources.Nulls(condition, dg1, Nulls);
        if (error)
        {
            var diagnosed = $"diagnosis:Condition/{condition.TextOf("id")}";
            if (encounter.Exists) mapping.Resources.Deletes(encounter, diagnosed);
            if (mapping.Episode.Exists) mapping.Resources.Deletes(mapping.Episode, diagnosed);
            return condition;
        }

        if (!encounter.Exists) return condition;
        // Without an action the diagnoses of the message are all that the visit has (HL7 v2.8.2 6.5.2.21, 2.10.4).
        if (!dg1[21].HasValue && mapping.Resources.Of(encounter) is { Mode: WriteMode.Merge } visit) visit.Delete("diagnosis");
        var diagnosis = encounter.Item("diagnosis");
        diagnosis.Refer("condition", condition);
        diagnosis.SetConcept("use", dg1[6], TableMaps.DiagnosisType); // DG1-6 CWE[CodeableConcept]
        diagnosis.SetPositiveInteger("rank", dg1[15]); // DG1-15 diagnosis.rank
        Pv1EpisodeOfCare.Diagnose(mapping.Episode, dg1, condition);
        return condition;
    }

    private static string Extension(string name) => ResourceMerge.ExtensionPrefix + Extensions + name;

    // The same diagnosis of the same visit, whether it is called admitting, working or final.
    private static IdKey Key(SegmentValue dg1)
    {
        var mapping = dg1.Mapping;
        var identifier = dg1[20].First;
        if (identifier[1].Leaf >= 0) return mapping.Resources.Key("Condition").Add("identifier").Add(identifier[1]).Add(identifier[2]).Add(identifier[3]);
        var key = mapping.Resources.PartOf(mapping.Encounter.Exists ? mapping.Encounter : mapping.Patient, "Condition");
        var code = dg1[3].First;
        return code[1].Leaf >= 0 ? key.Add(code[1]).Add(code[3]) : key.Add("text").AddAll(code).Add(dg1[4]);
    }
}
