using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>PV1 and PV2 from Encounter (HL7 v2.8.2 3.4.3, 3.4.4).</summary>
internal static class VisitSegments
{
    private const int Referrer = 8;

    private static readonly (int Field, string Type)[] Participants = [(7, "ATND"), (8, "REF"), (9, "CON"), (17, "ADM"), (52, "PART")];

    public static void Write(MessageDraft draft, JsonElement visit)
    {
        var source = draft.Source;
        if (!visit.Exists())
        {
            // ADT_A05 and its kin must have a PV1, and say with class N that there is no visit.
            if (source.MessageType[0] == "ADT") draft.AddNumbered("PV1").Set(2, "N");
            return;
        }

        var (pv1, pv2) = (draft.AddNumbered("PV1"), draft.Add("PV2"));
        var visitClass = visit.Get("class");
        if (visitClass.Text("code") != "UNK") pv1.SetCoding(2, visitClass, TableMaps.PatientClassEncounterClass);
        pv1.SetConcepts(4, visit.Items("type"), TableMaps.AdmissionType);
        Persons(pv1, pv2, source, visit);
        pv1.SetConcept(10, visit.Get("serviceType"), TableMaps.HospitalService);
        var numbers = visit.Items("identifier").Where(identifier => identifier.Text("use") != "old").ToList();
        pv1.SetCxs(19, numbers.Take(1)).SetCxs(50, numbers.Skip(1));
        Stay(pv1, source, visit.Get("hospitalization"));
        var episode = source.Resolve(visit.First("episodeOfCare"));
        pv1.Set(53, episode.Extension("resource-instance-description").Text("valueString")).SetCxs(54, episode.Items("identifier"));
        pv1.SetTime(44, visit.Get("period").Text("start")).SetTime(45, visit.Get("period").Text("end"));
        Locations(pv1, pv2, source, visit);
        More(pv2, visit);
        foreach (var participant in visit.Items("participant")) RoleSegments.Write(draft, participant.Get("individual"), participant);
    }

    // PV1-8 has the first referrer, PV2-13 another.
    private static void Persons(SegmentDraft pv1, SegmentDraft pv2, CanonicalMessage source, JsonElement visit)
    {
        foreach (var participant in visit.Items("participant"))
        {
            if (source.Resolve(participant.Get("individual")).Text("resourceType") != "Practitioner") continue;
            var (field, _) = Participants.FirstOrDefault(known => participant.Items("type").Any(type => type.HasCode(known.Type)));
            if (field == Referrer && pv1.Repetitions(Referrer) > 0) pv2.SetPerson(13, source, participant.Get("individual"));
            else if (field > 0) pv1.SetPerson(field, source, participant.Get("individual"));
        }
    }

    private static void Stay(SegmentDraft pv1, CanonicalMessage source, JsonElement stay)
    {
        pv1.SetCx(5, stay.Get("preAdmissionIdentifier"));
        pv1.SetConcept(13, stay.Get("reAdmission"), TableMaps.ReadmissionIndicator);
        pv1.SetConcept(14, stay.Get("admitSource"));
        pv1.SetConcepts(15, stay.Items("specialArrangement"), TableMaps.AmbulatoryStatus);
        pv1.SetConcepts(16, stay.Items("specialCourtesy"), TableMaps.VIPIndicator);
        pv1.SetConcept(36, stay.Get("dischargeDisposition"), TableMaps.DischargeDisposition);
        var destination = source.Resolve(stay.Get("destination"));
        var code = destination.First("identifier").Text("value");
        pv1.Set(37, code).Set(37, destination.Text("name") == code ? null : destination.Text("name"), 1, 2);
        pv1.SetConcepts(38, stay.Items("dietPreference"), TableMaps.DietType);
    }

    // The first place is where the patient is; another that he has left is where he was before.
    private static void Locations(SegmentDraft pv1, SegmentDraft pv2, CanonicalMessage source, JsonElement visit)
    {
        // As the way in has it: a visit to come, and what A05 and A14 announce.
        var expected = visit.Text("status") == "planned" || visit.Get("class").Text("code") == "PRENC" || source.MessageType.ElementAtOrDefault(1) is "A05" or "A14";
        foreach (var item in visit.Items("location"))
        {
            var first = pv1.Repetitions(3) == 0;
            var (segment, field) = (item.Text("status"), Temporary: item.Has("extension")) switch
            {
                ("reserved", _) => (pv1, 42),
                ("active", true) => (pv1, 11),
                ("completed", true) => (pv1, 43),
                ("completed", _) when !first || visit.Text("status") != "finished" => (pv1, 6),
                ("planned", _) when !first || !expected => (pv2, 1),
                _ => (pv1, 3),
            };
            if (field != 3 || first) segment.SetLocation(field, source, item.Get("location"));
        }
    }

    private static void More(SegmentDraft pv2, JsonElement visit)
    {
        pv2.SetConcepts(3, visit.Items("reasonCode"));
        pv2.SetTime(8, visit.Extension("extension-Encounter.plannedStartDate").Text("valueDateTime"));
        pv2.SetTime(9, visit.Extension("extension-Encounter.plannedEndDate").Text("valueDateTime"));
        pv2.Set(11, visit.Get("length").Text("value"));
        pv2.SetConcept(25, visit.Get("priority"), TableMaps.EncounterPriority);
        pv2.SetCoding(38, visit.Extension("encounter-modeOfArrival").Get("valueCoding"), TableMaps.ModeOfArrivalCode);
    }
}
