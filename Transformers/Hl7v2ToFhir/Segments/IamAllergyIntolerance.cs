using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>IAM[AllergyIntolerance].</summary>
public static class IamAllergyIntolerance
{
    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (4, "criticality"), (5, "reaction"), (11, "onset"), (12, "onset"), (13, "recordedDate"), (14, "recorder"), (17, "clinicalStatus"), (17, "verificationStatus"),
    ];

    /// <param name="mode">CreateIfAbsent where the message is about something else.</param>
    public static FhirNode Map(SegmentValue iam, WriteMode mode = WriteMode.Merge)
    {
        if (!iam[3].HasValue) return default;
        var mapping = iam.Mapping;
        var allergy = Allergy.Begin(iam, mode);
        if (iam[7].HasValue) Ei.ToIdentifier(allergy.Item("identifier"), iam[7]); // IAM-7 EI[Identifier-Extension]
        Status(allergy, iam);
        Allergy.Kind(allergy, iam[2]);
        Allergy.Substance(allergy, iam);
        allergy.AddMoreCodings(iam[27]); // IAM-27 CWE[CodeableConcept]
        if (!allergy.SetDateTime("onsetDateTime", iam[11])) allergy.SetText("onsetString", iam[12]); // IAM-11 onsetDateTime IAM-12 IF IAM-11 NOT VALUED
        allergy.SetDateTime("recordedDate", iam[13]); // IAM-13 recordedDate
        allergy.Refer("recorder", Recorder(iam, mapping));
        Allergy.Severity(allergy, iam[4], iam[5]);
        allergy = mapping.Resources.ShareOnce(allergy, AllergyKey.Of(iam));
        mapping.Resources.Nulls(allergy, iam, Nulls);
        if (mode == WriteMode.Merge && iam[6].First[1].Is("A"u8)) Anew(mapping.Resources, allergy);
        return allergy;
    }

    // Added once more after it was inactive or an error, it is what this message says.
    private static void Anew(ResourceDrafts resources, FhirNode allergy)
    {
        resources.Deletes(allergy, "clinicalStatus");
        resources.Deletes(allergy, "verificationStatus");
    }

    private static void AddMoreCodings(this FhirNode allergy, FieldValue more)
    {
        if (more.HasValue) Cwe.ToCodeableConcept(allergy.Object("code"), more);
    }

    // IAM-17 is of table 0438: I is "Confirmed but inactive". A segment that IAM-6 deletes was in error, whatever it says beside.
    private static void Status(FhirNode allergy, SegmentValue iam)
    {
        const string inError = "entered-in-error";
        var (action, status) = (iam[6].First[1], iam[17].First[1]);
        var (verification, clinical) = status.Text switch
        {
            "C" => ("confirmed", "active"),
            "U" or "P" or "S" or "D" => ("unconfirmed", "active"),
            "I" => ("confirmed", "inactive"),
            "E" => (inError, ""),
            _ => ("", ""),
        };
        var decides = status.Leaf;
        if (action.Is("D"u8)) (verification, clinical, decides) = (inError, "", action.Leaf);
        if (clinical.Length > 0)
            allergy.Object("clinicalStatus").Item("coding").Set("system", "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical").Set("code", clinical, decides); // IAM-17 CWE[CodeableConcept]
        if (verification.Length > 0)
            allergy.Object("verificationStatus").Item("coding").Set("system", "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification").Set("code", verification, decides);
        if (verification != inError) Allergy.Active(allergy);
    }

    private static FhirNode Recorder(SegmentValue iam, Mapping mapping)
    {
        if (!iam[14].HasValue) return default;
        if (iam[15].First[1].Is("SEL"u8)) return mapping.Patient; // IAM-14 IF IAM-15 EQUALS "SEL"
        if (!iam[15].HasValue) // IAM-14 IF IAM-15 NOT VALUED
        {
            var practitioner = mapping.Resources.BeginMentioned("Practitioner");
            practitioner.AddNames("name", iam[14]);
            return mapping.Resources.Share(practitioner, mapping.Resources.Key("Practitioner").AddAll(iam[14].First));
        }

        var person = mapping.Resources.Begin("RelatedPerson", SharingCategory.PersonalParticulars);
        mapping.ReferToSubject(person, "patient");
        person.AddConcepts("relationship", iam[15], TableMaps.Relationship); // IAM-15 IF IAM-15 VALUED AND NOT "SEL"
        person.AddNames("name", iam[14]); // IAM-14 IF IAM-15 VALUED AND NOT "SEL"
        return mapping.Resources.Share(person, mapping.Resources.PartOf(mapping.Patient, "RelatedPerson").Add(iam[15].First[1]).AddAll(iam[14].First));
    }
}
