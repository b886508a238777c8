using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PV1[Encounter]: the visit. Its id stays the same through all events of the visit.</summary>
public static class Pv1Encounter
{
    private const string LocationClassification = "http://hl7.org/fhir/StructureDefinition/subject-locationClassification";

    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (3, "location:current"), (3, "location:planned"), (4, "type"), (5, "hospitalization.preAdmissionIdentifier"), (6, "location:past"), (7, "participant:ATND"), (8, "participant:REF"), (9, "participant:CON"), (10, "serviceType"),
        (11, "location:temporary"), (13, "hospitalization.reAdmission"), (14, "hospitalization.admitSource"), (15, "hospitalization.specialArrangement"), (16, "hospitalization.specialCourtesy"),
        (17, "participant:ADM"), (36, "hospitalization.dischargeDisposition"), (37, "hospitalization.destination"), (38, "hospitalization.dietPreference"), (42, "location:reserved"), (43, "location:past-temporary"), (44, "period.start"), (45, "period.end"), (50, "identifier:"), (52, "participant:PART"),
    ];

    /// <param name="mode">Merge for an ADT event, CreateIfAbsent where the message is about something else.</param>
    /// <returns>No node where the PV1 is absent, or stands there only because the message structure asks for one.</returns>
    public static FhirNode Map(SegmentValue pv1, WriteMode mode)
    {
        if (!pv1.Exists) return default;
        var mapping = pv1.Mapping;
        pv1[1].Drop(DropRule.SetId);
        if (IsPlaceholder(pv1))
        {
            pv1[2].Drop(DropRule.NoVisit);
            return default;
        }

        var encounter = mapping.Resources.Begin("Encounter", SharingCategory.EncountersAndAppointments, mode);
        mapping.Resources.Own(encounter, VisitKey.Of(pv1));
        mapping.Encounter = encounter;
        encounter.AddIdentifiers("identifier", pv1[19], "VN"); // PV1-19 CX[Identifier]
        encounter.AddIdentifiers("identifier", pv1[50]); // PV1-50 CX[Identifier]
        encounter.ReferItem("account", mapping.Account);
        var status = EncounterStatus.Set(encounter, pv1);
        Class(encounter, pv1[2]);
        encounter.AddConcepts("type", pv1[4], TableMaps.AdmissionType); // PV1-4 CWE[CodeableConcept]
        encounter.SetConcept("serviceType", pv1[10], TableMaps.HospitalService); // PV1-10 CWE[CodeableConcept]
        mapping.ReferToSubject(encounter, "subject");
        Participants(encounter, pv1);
        var period = encounter.Object("period");
        period.SetDateTime("start", pv1[44]); // PV1-44 period.start
        if (status != "cancelled") period.SetDateTime("end", pv1[45]); // PV1-45 period.end
        Pv1Hospitalization.Map(pv1, encounter);
        Locations(encounter, pv1, status);
        mapping.Resources.Nulls(encounter, pv1, Nulls);
        mapping.Episode = Pv1EpisodeOfCare.Map(pv1, encounter);
        return encounter;
    }

    /// <summary>Adds a location with its status at the end of the visit's list.</summary>
    internal static void AddLocation(FhirNode encounter, Value pl, string? status, string? classification = null)
    {
        var place = Pl.ToLocation(pl);
        if (!place.Populated) return;
        var item = encounter.Item("location");
        if (classification is not null)
        {
            item.Extension(LocationClassification).Object("valueCodeableConcept").ConstantItem("coding")
                .Constant("system", "http://hl7.org/fhir/ValueSet/subject-location").Constant("code", classification).Keep();
        }

        item.Refer("location", place);
        if (status is not null) item.Constant("status", status);
    }

    internal static void AddParticipants(FhirNode encounter, FieldValue field, string code, string display)
    {
        foreach (var person in field)
        {
            var practitioner = Xcn.ToPractitioner(person);
            if (!practitioner.Populated) continue;
            var participant = encounter.Item("participant");
            var type = participant.ConstantItem("type");
            type.ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v3-ParticipationType").Constant("code", code).Constant("display", display);
            participant.Refer("individual", practitioner);
        }
    }

    // A28 and its kin must have a PV1, and say with class N that there is no visit (HL7 v2.8.2 3.3.28).
    private static bool IsPlaceholder(SegmentValue pv1)
    {
        for (var field = 3; field <= 54; field++)
        {
            if (pv1[field].HasValue || pv1[field].IsNull) return false;
        }

        return !pv1[2].HasValue || pv1[2].First.Is("N"u8) || pv1.Mapping.Segments[0][9].First[2].IsOneOf("A28"u8, "A31"u8);
    }

    private static void Class(FhirNode encounter, FieldValue patientClass)
    {
        if (patientClass.HasValue) Cwe.ToCoding(encounter.Object("class"), patientClass, TableMaps.PatientClassEncounterClass); // PV1-2 CWE[Coding]
        // R4 Encounter.class is 1..1.
        else encounter.Object("class").Constant("system", "http://terminology.hl7.org/CodeSystem/v3-NullFlavor").Set("code", "UNK");
    }

    private static void Participants(FhirNode encounter, SegmentValue pv1)
    {
        AddParticipants(encounter, pv1[7], "ATND", "attender"); // PV1-7 XCN[Practitioner]
        AddParticipants(encounter, pv1[8], "REF", "referrer"); // PV1-8 XCN[Practitioner]
        AddParticipants(encounter, pv1[9], "CON", "consultant"); // PV1-9 XCN[Practitioner]
        AddParticipants(encounter, pv1[17], "ADM", "admitter"); // PV1-17 XCN[Practitioner]
        AddParticipants(encounter, pv1[52], "PART", "Participation"); // PV1-52 XCN[Practitioner]
    }

    private static void Locations(FhirNode encounter, SegmentValue pv1, string status)
    {
        var number = AdtEvent.Of(pv1.Mapping);
        // The official map says active; who has left is no longer there, and who never came was not.
        var now = pv1[2].First.Is("P"u8) || number is 5 or 14 ? "planned" : status switch { "finished" => "completed", "cancelled" or "entered-in-error" => null, _ => "active" };
        AddLocation(encounter, pv1[3], now); // PV1-3 PL[Location]
        // After a cancelled move the prior location is the one that he never went to, and PV1-3 that before the move (HL7 v2.8.2 3.3.12).
        if (number is 12 or 32 or 33) pv1[6].Note(CarryReason.MoveCancelled);
        else AddLocation(encounter, pv1[6], "completed"); // PV1-6 PL[Location]
        AddLocation(encounter, pv1[11], "active", "temporary"); // PV1-11 PL[Location]
        if (number == 26)
        {
            pv1[42].Note(CarryReason.MoveCancelled);
            pv1.Mapping.Resources.Deletes(encounter, "location:reserved");
        }
        else
        {
            AddLocation(encounter, pv1[42], "reserved"); // PV1-42 PL[Location]
        }

        // Who is back from where he was, or never went there.
        if (number is 32 or 33 && !pv1[11].HasValue) pv1.Mapping.Resources.Deletes(encounter, "location:temporary");
        AddLocation(encounter, pv1[43], "completed", "temporary"); // PV1-43 PL[Location]
        if (pv1[40].HasValue && (pv1[3].First[2].HasValue || pv1[3].First[3].HasValue)) // PV1-40 IF PV1-3.2 OR PV1-3.3 VALUED
            Cwe.ToMappedCoding(Pl.ToLocation(pv1[3]).Object("operationalStatus"), pv1[40], TableMaps.BedStatus);
    }
}
