using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>What AL1 and IAM say alike about an allergy: kind, substance, severity and reactions.</summary>
internal static class Allergy
{
    private const string AlternateCodes = "http://hl7.org/fhir/StructureDefinition/alternate-codes";

    /// <summary>Begins the AllergyIntolerance of one AL1 or IAM; both number these fields alike.</summary>
    /// <param name="mode">Merge, for both tell of the same allergy and AL1 less of it; CreateIfAbsent where the message is about something else.</param>
    public static FhirNode Begin(SegmentValue segment, WriteMode mode)
    {
        var mapping = segment.Mapping;
        segment[1].Drop(DropRule.SetId);
        var allergy = mapping.Resources.Begin("AllergyIntolerance", SharingCategory.AllergiesAndAdverseDrugReactions, mode);
        mapping.ReferToSubject(allergy, "patient");
        return allergy;
    }

    /// <summary>Clinical status active, unless something else was set: R4 ait-1 asks for one.</summary>
    public static void Active(FhirNode allergy)
    {
        if (!allergy.Has("clinicalStatus"))
        {
            allergy.Object("clinicalStatus").Item("coding").Set("system", "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical").Set("code", "active");
        }
    }

    public static void Substance(FhirNode allergy, SegmentValue segment)
    {
        allergy.SetConcept("code", segment[3]); // AL1-3 IAM-3 CWE[CodeableConcept]
        if (segment[3].HasValue && NoKnownAllergy.CodeOf(segment[3]) is { } negation)
        {
            // Said, and not left out: "no known allergy" is an AllergyIntolerance of its own (R4 9.1.4).
            foreach (var coding in allergy.Find("code").Items("coding"))
            {
                if (coding.TextOf("code") == negation.Code) return;
            }

            allergy.Object("code").Item("coding").Set("system", "http://snomed.info/sct").Set("code", negation.Code).Set("display", negation.Display);
        }
    }

    public static void Kind(FhirNode allergy, FieldValue kind)
    {
        var code = kind.First[1];
        if (code.Leaf < 0) return;
        allergy.SetMapped("type", code, TableMaps.AllergyType); // AL1-2 IAM-2 CWE[code]
        if (TableMaps.AllergenTypeAllergyIntoleranceCategory.TryGet(code.Utf8, out var category)) allergy.Append("category", category.CodeText, code.Leaf); // AL1-2 IAM-2 CWE[code]
        // The list of codes and the list of their extensions must be equally long: an empty one has no place.
        if (!allergy.Has("category")) return;
        var original = allergy.Item("_category").Extension(AlternateCodes).Object("valueCodeableConcept");
        Cwe.ToCodeableConcept(original, kind, TableMaps.AllergenTypeAllergyIntoleranceOriginalCategory); // AL1-2 IAM-2 CWE[CodeableConcept]
    }

    /// <summary>
    /// The official map lets the severity be criticality or severity of a reaction. Where reactions are told it is theirs, else it can
    /// only be how critical the allergy is.
    /// </summary>
    public static void Severity(FhirNode allergy, FieldValue severity, FieldValue reactions)
    {
        if (!reactions.HasValue)
        {
            var code = severity.First[1];
            if (code.Leaf < 0) return;
            allergy.SetMapped("criticality", code, TableMaps.AllergySeverityAllergyIntoleranceCriticality); // AL1-4 IAM-4 CWE[code]
            var original = allergy.Object("_criticality").Extension(AlternateCodes).Object("valueCodeableConcept");
            Cwe.ToCodeableConcept(original, severity, TableMaps.AllergySeverityAllergyIntoleranceCriticalityOriginal); // AL1-4 IAM-4 CWE[CodeableConcept]
            return;
        }

        var reaction = allergy.Item("reaction");
        foreach (var one in reactions)
        {
            if (!one.HasValue) continue;
            var manifestation = reaction.Item("manifestation");
            if (one[2].HasValue || one[3].HasValue) Cwe.ToCodeableConcept(manifestation, one); // IAM-5 CWE[CodeableConcept]
            else manifestation.SetText("text", one); // AL1-5 ST[CodeableConcept]
        }

        if (severity.HasValue) reaction.SetMapped("severity", severity.First[1], TableMaps.AllergySeverityAllergyIntoleranceReactionSeverity); // AL1-4 IAM-4 CWE[Code]
    }
}
