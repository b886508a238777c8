using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>AL1, DG1 and PR1 from AllergyIntolerance, Condition and Procedure (HL7 v2.8.2 3.4.6, 6.5.2, 6.5.4).</summary>
internal static class ClinicalSegments
{
    public static void Write(MessageDraft draft)
    {
        Allergies(draft);
        foreach (var condition in draft.Source.All("Condition")) Diagnosis(draft, condition);
        foreach (var procedure in draft.Source.All("Procedure")) Procedure(draft, procedure);
    }

    public static void Allergies(MessageDraft draft)
    {
        foreach (var allergy in draft.Source.All("AllergyIntolerance")) Allergy(draft, allergy);
    }

    private static void Allergy(MessageDraft draft, JsonElement allergy)
    {
        // IAM has a number, a history and a status: an AL1 is an allergy that stands.
        var status = StatusOf(allergy);
        var detailed = allergy.Has("identifier") || allergy.Has("recordedDate") || status is not null;
        var segment = draft.AddNumbered(detailed ? "IAM" : "AL1");
        var kind = allergy.First("_category").Extension("alternate-codes").Get("valueCodeableConcept");
        if (kind.Exists()) segment.SetConcept(2, kind, TableMaps.AllergenTypeAllergyIntoleranceOriginalCategory);
        segment.SetConcept(3, allergy.Get("code"));
        var reaction = allergy.First("reaction");
        if (reaction.Exists()) segment.SetMapped(4, reaction.Text("severity"), TableMaps.AllergySeverityAllergyIntoleranceReactionSeverity);
        else segment.SetConcept(4, allergy.Get("_criticality").Extension("alternate-codes").Get("valueCodeableConcept"), TableMaps.AllergySeverityAllergyIntoleranceCriticalityOriginal);
        foreach (var manifestation in reaction.Items("manifestation"))
        {
            if (manifestation.Has("coding")) segment.SetConcept(5, manifestation, repetition: segment.Repetitions(5));
            else segment.Set(5, manifestation.Text("text"), repetition: segment.Repetitions(5));
        }

        if (detailed) History(segment, draft.Source, allergy, status);
        else segment.SetTime(6, allergy.Text("onsetDateTime"));
        ObservationSegments.Notes(draft, allergy);
    }

    // HL7 table 0438; null where it is active and nothing else is said of it.
    private static string? StatusOf(JsonElement allergy)
    {
        var verification = allergy.Get("verificationStatus");
        if (verification.HasCode("entered-in-error") || verification.HasCode("refuted")) return "E";
        if (allergy.Get("clinicalStatus").HasCode("inactive") || allergy.Get("clinicalStatus").HasCode("resolved")) return "I";
        if (verification.HasCode("confirmed")) return "C";
        return verification.HasCode("unconfirmed") ? "U" : null;
    }

    private static void History(SegmentDraft iam, CanonicalMessage source, JsonElement allergy, string? status)
    {
        iam.Set(6, allergy.Get("verificationStatus").HasCode("entered-in-error") ? "D" : "A"); // required
        iam.SetEi(7, allergy.First("identifier"));
        iam.SetTime(11, allergy.Text("onsetDateTime")).Set(12, allergy.Text("onsetString")).SetTime(13, allergy.Text("recordedDate"));
        var reporter = source.Resolve(allergy.Get("recorder"));
        iam.SetNames(14, reporter.Items("name")).SetConcept(15, reporter.First("relationship"), TableMaps.Relationship);
        iam.Set(17, status);
    }

    private static void Diagnosis(MessageDraft draft, JsonElement condition)
    {
        var source = draft.Source;
        var dg1 = draft.AddNumbered("DG1");
        SetCodeAndText(dg1, condition.Get("code"));
        dg1.SetTime(5, condition.Text("onsetDateTime"));
        var place = source.Encounter.Items("diagnosis").FirstOrDefault(diagnosis => source.Refers(diagnosis, "condition", condition));
        dg1.SetConcept(6, place.Get("use"), TableMaps.DiagnosisType).Set(15, place.Text("rank"));
        dg1.SetPerson(16, source, condition.Get("asserter"));
        dg1.SetTime(19, condition.Text("recordedDate"));
        dg1.SetEi(20, condition.First("identifier"));
        if (condition.Get("verificationStatus").HasCode("entered-in-error")) dg1.Set(21, "D");
        dg1.SetEi(22, condition.Extension("condition-dueTo").Get("valueReference").Get("identifier"));
    }

    private static void Procedure(MessageDraft draft, JsonElement procedure)
    {
        var source = draft.Source;
        var pr1 = draft.AddNumbered("PR1");
        SetCodeAndText(pr1, procedure.Get("code"));
        var period = procedure.Get("performedPeriod");
        pr1.SetTime(5, procedure.Text("performedDateTime") ?? period.Text("start"));
        pr1.SetConcept(6, procedure.Get("category"));
        pr1.Set(7, Durations.Minutes(period));
        foreach (var performer in procedure.Items("performer"))
        {
            var field = performer.Get("function").HasCode("88189002") ? 8 : performer.Get("function").HasCode("304292004") ? 11 : 12;
            pr1.SetPerson(field, source, performer.Get("actor"));
        }

        pr1.SetConcepts(15, procedure.Items("reasonCode")).SetEi(19, procedure.First("identifier")).SetLocation(23, source, procedure.Get("location"));
        if (procedure.Text("status") == "entered-in-error") pr1.Set(20, "D");
        pr1.SetEi(25, procedure.First("partOf").Get("identifier"));
    }

    // DG1-4 and PR1-4 are the description beside the code.
    private static void SetCodeAndText(SegmentDraft segment, JsonElement code)
    {
        foreach (var (coding, at) in code.Items("coding").Take(2).Select((coding, index) => (coding, index == 0 ? 1 : 4))) segment.SetCoding(3, coding, at: at);
        segment.Set(4, code.Text("text"));
    }
}
