using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>REF: a referral, which is the ServiceRequest of that category, and what goes with it (HL7 v2.8.2 11.5).</summary>
internal static class RefForm
{
    /// <summary>SNOMED CT: patient referral.</summary>
    private const string PatientReferral = "3457005";

    public static void Write(MessageDraft draft)
    {
        var source = draft.Source;
        var referral = source.All("ServiceRequest").FirstOrDefault(request => request.Items("category").Any(category => category.HasCode(PatientReferral)));
        Referral(draft, referral);
        foreach (var authorisation in referral.Items("insurance").Select(source.Resolve).Where(insurance => insurance.Text("resourceType") == "ClaimResponse")) AuthorisationSegments.Write(draft, authorisation);
        ProviderSegments.Write(draft, referral);
        PatientSegments.Write(draft, source.Patient);
        RelatedPersonSegments.NextOfKin(draft, source.Patient);
        RelatedPersonSegments.Guarantors(draft);
        CoverageSegments.Write(draft);
        ClinicalSegments.Write(draft);
        foreach (var report in source.All("DiagnosticReport"))
        {
            var request = source.Resolve(report.First("basedOn"));
            RequestSegments.Write(draft, request, report);
            ObservationSegments.Notes(draft, request);
            ParticipationSegments.OfReport(draft, report);
            TimingSegments.OfService(draft, request);
            ObservationSegments.Results(draft, report);
        }

        VisitSegments.Write(draft, source.Encounter);
        var words = Words(referral);
        ObservationSegments.Notes(draft, referral.Items("note").Where(note => !note.Equals(words)));
    }

    private static void Referral(MessageDraft draft, JsonElement referral)
    {
        var source = draft.Source;
        var rf1 = draft.Add("RF1");
        rf1.SetConcept(1, referral.Get("_status").Extension("alternate-codes").Get("valueCodeableConcept"));
        if (referral.Text("priority") is { } priority) Priority(rf1, priority);
        rf1.SetConcept(3, referral.Get("code")).SetConcepts(4, referral.Items("orderDetail"));
        rf1.SetConcept(5, referral.Items("category").FirstOrDefault(category => !category.HasCode(PatientReferral)));
        rf1.SetEi(6, Cx.OfType(referral, "PLAC").FirstOrDefault());
        var period = referral.Get("occurrencePeriod");
        rf1.SetTime(7, period.Text("start") ?? referral.Text("occurrenceDateTime")).SetTime(8, period.Text("end")).SetTime(9, referral.Text("authoredOn"));
        foreach (var reason in referral.Items("reasonCode").Where(reason => reason.Has("coding"))) rf1.SetCoding(10, reason.First("coding"), repetition: rf1.Repetitions(10));
        rf1.SetEis(11, Cx.OfType(referral, "FILL")).Set(14, referral.First("reasonCode").Text("text")).SetCq(15, referral.Get("quantityQuantity"));
        foreach (var performer in referral.Items("performer").Where(performer => source.Resolve(performer).Text("resourceType") != "PractitionerRole")) rf1.SetOrganization(19, source, performer).SetPerson(20, source, performer);
        rf1.SetLines(24, Words(referral).Text("text"));
    }

    // HL7 table 0280.
    private static void Priority(SegmentDraft rf1, string priority)
    {
        var (code, name) = priority switch { "stat" => ("S", "STAT"), "asap" or "urgent" => ("A", "ASAP"), _ => ("R", "Routine") };
        rf1.Set(2, code).Set(2, name, 2).Set(2, "HL70280", 3);
    }

    // RF1-24 is text alone, and comes first; an NTE may have an author or a time.
    private static JsonElement Words(JsonElement referral) => referral.Items("note").FirstOrDefault(note => !note.Has("authorReference") && !note.Has("time"));
}
