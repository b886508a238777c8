using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>RDE: each MedicationRequest as an encoded order (HL7 v2.8.2 4A.3.3).</summary>
internal static class RdeForm
{
    public static void Write(MessageDraft draft)
    {
        PatientSegments.Write(draft);
        VisitSegments.Write(draft);
        foreach (var request in draft.Source.All("MedicationRequest")) Order(draft, request);
    }

    private static void Order(MessageDraft draft, JsonElement request)
    {
        OrderSegments.Common(draft, request, request.Text("status") switch { "cancelled" => "CA", "stopped" => "DC", "on-hold" => "HD", _ => "NW" });
        var contained = request.Items("contained").FirstOrDefault(resource => resource.Text("resourceType") == "Medication");
        var rxe = draft.Add("RXE");
        rxe.SetConcept(2, contained.Exists() ? contained.Get("code") : request.Get("medicationCodeableConcept"));
        var dosages = request.Items("dosageInstruction").ToList();
        Dose(rxe, dosages.FirstOrDefault().First("doseAndRate"));
        rxe.SetConcept(6, contained.Get("form"));
        rxe.Set(7, dosages.FirstOrDefault().Text("text"), 2);
        var dispensing = request.Get("dispenseRequest");
        rxe.Set(10, dispensing.Get("quantity").Text("value")).SetUnit(11, dispensing.Get("quantity"));
        rxe.Set(12, dispensing.Text("numberOfRepeatsAllowed"));
        rxe.Set(15, request.Items("identifier").FirstOrDefault(identifier => identifier.Text("system")?.EndsWith(":RXE-15", StringComparison.Ordinal) == true).Text("value"));
        var strength = contained.First("ingredient").Get("strength").Get("numerator");
        rxe.Set(25, strength.Text("value")).SetUnit(26, strength);
        rxe.SetConcepts(27, request.Items("reasonCode"));
        rxe.Set(39, dispensing.Get("initialFill").Get("quantity").Text("value"));
        ObservationSegments.Notes(draft, request);
        draft.Restart("TQ1");
        foreach (var dosage in dosages) Timing(draft, request, dosage);
        foreach (var route in dosages.Select(dosage => dosage.Get("route")).Where(route => route.Exists()).Take(1))
            draft.Add("RXR").SetConcept(1, route, TableMaps.RouteOfAdministration).SetConcept(2, dosages[0].Get("site")).SetConcept(4, dosages[0].Get("method"), TableMaps.AdministrationMethod);
    }

    private static void Dose(SegmentDraft rxe, JsonElement dose)
    {
        var range = dose.Get("doseRange");
        var quantity = range.Exists() ? range.Get("low") : dose.Get("doseQuantity");
        rxe.Set(3, quantity.Text("value")).Set(4, range.Get("high").Text("value")).SetUnit(5, quantity);
    }

    private static void Timing(MessageDraft draft, JsonElement request, JsonElement dosage)
    {
        var timing = dosage.Get("timing");
        var repeat = timing.Get("repeat");
        var tq1 = draft.AddNumbered("TQ1");
        tq1.Set(3, timing.Get("code").First("coding").Text("code"));
        foreach (var time in repeat.Items("timeOfDay")) tq1.Set(4, Dtm.OfTime(time.AsText()), repetition: tq1.Repetitions(4));
        tq1.SetCq(6, repeat.Get("boundsDuration"));
        tq1.SetTime(7, repeat.Get("boundsPeriod").Text("start")).SetTime(8, repeat.Get("boundsPeriod").Text("end"));
        if (dosage.Has("asNeededCodeableConcept") || dosage.Text("asNeededBoolean") == "true") tq1.Set(9, "PRN").Set(10, dosage.Get("asNeededCodeableConcept").Text("text"));
        else tq1.SetMapped(9, request.Text("priority"), TableMaps.ExtendedPriorityCodes);
    }
}
