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
        Provider(draft, referral.Get("requester"), "RP");
        foreach (var performer in referral.Items("performer")) Provider(draft, performer, "RT");
        PatientSegments.Write(draft);
        CoverageSegments.Write(draft);
        ClinicalSegments.Write(draft);
        foreach (var report in source.All("DiagnosticReport"))
        {
            OrderSegments.Report(draft, source.Resolve(report.First("basedOn")), report);
            draft.Restart("OBX");
            foreach (var result in report.Items("result")) ObservationSegments.Write(draft, source.Resolve(result));
        }

        VisitSegments.Write(draft);
    }

    private static void Referral(MessageDraft draft, JsonElement referral)
    {
        var rf1 = draft.Add("RF1");
        rf1.SetConcept(1, referral.Get("_status").Extension("alternate-codes").Get("valueCodeableConcept"));
        if (referral.Text("priority") is { } priority) rf1.Set(2, priority switch { "stat" => "S", "asap" or "urgent" => "A", _ => "R" });
        rf1.SetConcept(3, referral.Get("code")).SetConcepts(4, referral.Items("orderDetail"));
        rf1.SetConcept(5, referral.Items("category").FirstOrDefault(category => !category.HasCode(PatientReferral)));
        rf1.SetEi(6, Cx.OfType(referral, "PLAC"));
        var period = referral.Get("occurrencePeriod");
        rf1.SetTime(7, period.Text("start") ?? referral.Text("occurrenceDateTime")).SetTime(8, period.Text("end")).SetTime(9, referral.Text("authoredOn"));
        var reason = referral.First("reasonCode");
        foreach (var coding in reason.Items("coding").Take(1)) rf1.SetCoding(10, coding);
        rf1.SetEi(11, Cx.OfType(referral, "FILL")).Set(14, reason.Text("text")).SetCq(15, referral.Get("quantityQuantity"));
        rf1.Set(24, referral.First("note").Text("text"));
    }

    private static void Provider(MessageDraft draft, JsonElement reference, string role)
    {
        var source = draft.Source;
        var found = source.Resolve(reference);
        if (found.Text("resourceType") is not ("Practitioner" or "PractitionerRole")) return;
        var person = found.Text("resourceType") == "Practitioner" ? found : source.Resolve(found.Get("practitioner"));
        var prd = draft.Add("PRD").Set(1, role);
        prd.SetNames(2, person.Items("name")).SetAddresses(3, person.Items("address")).SetContacts(5, person.Items("telecom"));
        foreach (var identifier in person.Items("identifier"))
        {
            var repetition = prd.Repetitions(7);
            prd.Set(7, identifier.Text("value"), repetition: repetition).Set(7, LocalName.Of(identifier.Text("system")), 2, repetition: repetition);
        }

        prd.SetOrganization(10, source, found.Get("organization"));
    }
}
