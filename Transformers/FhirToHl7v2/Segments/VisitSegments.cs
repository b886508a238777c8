using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>PV1 and PV2 from Encounter (HL7 v2.8.2 3.4.3, 3.4.4).</summary>
internal static class VisitSegments
{
    private static readonly (int Field, string Type)[] Participants = [(7, "ATND"), (8, "REF"), (9, "CON"), (17, "ADM"), (52, "PART")];

    public static void Write(MessageDraft draft)
    {
        var (source, visit) = (draft.Source, draft.Source.Encounter);
        if (!visit.Exists())
        {
            // ADT_A05 and its kin must have a PV1, and say with class N that there is no visit.
            if (source.MessageType[0] == "ADT") draft.AddNumbered("PV1").Set(2, "N");
            return;
        }

        var pv1 = draft.AddNumbered("PV1");
        var visitClass = visit.Get("class");
        if (visitClass.Text("code") != "UNK") pv1.SetCoding(2, visitClass, TableMaps.PatientClassEncounterClass);
        pv1.SetConcepts(4, visit.Items("type"), TableMaps.AdmissionType);
        foreach (var (field, type) in Participants)
        {
            foreach (var participant in visit.Items("participant").Where(participant => participant.Items("type").Any(item => item.HasCode(type))))
                pv1.SetPerson(field, source, participant.Get("individual"));
        }

        pv1.SetConcept(10, visit.Get("serviceType"), TableMaps.HospitalService);
        pv1.SetCxs(19, visit.Items("identifier").Where(identifier => Cx.TypeOf(identifier) == "VN"));
        pv1.SetCxs(50, visit.Items("identifier").Where(identifier => Cx.TypeOf(identifier) != "VN"));
        Stay(pv1, source, visit.Get("hospitalization"));
        pv1.SetTime(44, visit.Get("period").Text("start")).SetTime(45, visit.Get("period").Text("end"));
        Locations(pv1, source, visit);
        More(draft, visit);
    }

    private static void Stay(SegmentDraft pv1, CanonicalMessage source, JsonElement stay)
    {
        pv1.SetCx(5, stay.Get("preAdmissionIdentifier"));
        pv1.SetConcept(13, stay.Get("reAdmission"), TableMaps.ReadmissionIndicator);
        pv1.SetConcept(14, stay.Get("admitSource"));
        pv1.SetConcepts(15, stay.Items("specialArrangement"), TableMaps.AmbulatoryStatus);
        pv1.SetConcepts(16, stay.Items("specialCourtesy"), TableMaps.VIPIndicator);
        pv1.SetConcept(36, stay.Get("dischargeDisposition"), TableMaps.DischargeDisposition);
        pv1.Set(37, source.Resolve(stay.Get("destination")).First("identifier").Text("value"));
        pv1.SetConcepts(38, stay.Items("dietPreference"), TableMaps.DietType);
    }

    // The first place is where the patient is; another that he has left is where he was before.
    private static void Locations(SegmentDraft pv1, CanonicalMessage source, JsonElement visit)
    {
        foreach (var item in visit.Items("location"))
        {
            var field = item.Text("status") switch
            {
                "reserved" => 42,
                "active" when item.Has("extension") => 11,
                "completed" when pv1.Has(3) || pv1.Has(3, 2) => 6,
                _ => 3,
            };
            if (field == 3 && pv1.Repetitions(3) > 0) continue;
            pv1.SetLocation(field, source, item.Get("location"));
        }
    }

    private static void More(MessageDraft draft, JsonElement visit)
    {
        var pv2 = draft.Add("PV2");
        pv2.SetConcepts(3, visit.Items("reasonCode"));
        pv2.SetTime(8, visit.Extension("extension-Encounter.plannedStartDate").Text("valueDateTime"));
        pv2.SetTime(9, visit.Extension("extension-Encounter.plannedEndDate").Text("valueDateTime"));
        pv2.Set(11, visit.Get("length").Text("value"));
        pv2.SetConcept(25, visit.Get("priority"), TableMaps.EncounterPriority);
        pv2.SetCoding(38, visit.Extension("encounter-modeOfArrival").Get("valueCoding"), TableMaps.ModeOfArrivalCode);
    }
}
