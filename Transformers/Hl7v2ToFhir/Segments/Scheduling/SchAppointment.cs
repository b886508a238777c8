using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>
/// SCH[Appointment] and PID[Appointment]; ARQ in the same way, for a request. The appointment keeps its id from the request to its end:
/// it is that of the placer's number, else of the filler's, and for a series of the occurrence too.
/// </summary>
internal static class SchAppointment
{
    /// <param name="segment">SCH or ARQ.</param>
    public static FhirNode Begin(SegmentValue segment, WriteMode mode)
    {
        var mapping = segment.Mapping;
        var fields = AppointmentFields.Of(segment);
        var appointment = mapping.Resources.Begin("Appointment", SharingCategory.EncountersAndAppointments, mode);
        mapping.Resources.Own(appointment, Key(mapping, fields));
        appointment.AddIdentifier("identifier", fields.Placer, "PLAC"); // SCH-1 EI[Identifier-Extension]
        appointment.AddIdentifier("identifier", fields.Filler, "FILL"); // SCH-2 EI[Identifier-Extension]
        appointment.AddIdentifier("identifier", fields.PlacerGroup, "PGN"); // SCH-4 as ORC-4
        var status = fields.Status.HasValue ? fields.Status : mapping.First("AIS")[10];
        AppointmentStatus.Set(appointment, mapping.Segments[0][9].First[2], status, segment.Name == "ARQ"); // SCH-25 CWE[code] AIS-10 status
        // R4 app-4 writes no-show where its own code is noshow: only what is cancelled can have a reason.
        if (appointment.TextOf("status") is "cancelled") appointment.SetConcept("cancelationReason", fields.EventReason);
        Reasons(appointment, fields);
        Parents(appointment, fields);
        if (segment.Name == "ARQ") appointment.SetUnsignedInteger("priority", segment[12]);
        return appointment;
    }

    /// <summary>PID[Appointment]: the patient takes part, and is who the appointment is for.</summary>
    public static void Patient(FhirNode appointment, Mapping mapping, bool request)
    {
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return;
        var subject = appointment.Extension("http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.subject");
        mapping.ReferToSubject(subject, "valueReference"); // PID-3 extension[2].valueReference(Patient)
        if (mapping.SubjectId is not null) subject.Keep();
        var participant = appointment.Item("participant");
        mapping.ReferToSubject(participant, "actor"); // PID-3 participant.actor[2](Patient)
        participant.Set("status", request ? "needs-action" : "accepted");
    }

    /// <summary>Who arranged the appointment, on either side, and who entered it.</summary>
    public static void Contacts(FhirNode appointment, AppointmentFields fields, bool request)
    {
        foreach (var person in fields.PlacerContact) // SCH-12 XCN[Practitioner]
            Contact(appointment, Xcn.ToPractitioner(person, fields.PlacerAddress, fields.PlacerPhone), request).ConstantItem("type").Constant("text", "Placer contact"); // SCH-12 participant[1].type.coding.code
        foreach (var person in fields.FillerContact) // SCH-16 XCN[Practitioner]
            Contact(appointment, Xcn.ToPractitioner(person, fields.FillerAddress, fields.FillerPhone), request).ConstantItem("type").Constant("text", "Filler contact"); // SCH-16 participant[2].type.coding.code
        foreach (var person in fields.EnteredBy) // SCH-20 XCN[Practitioner]
        {
            Contact(appointment, Xcn.ToPractitioner(person, default, fields.EnteredPhone), request).ConstantItem("type").ConstantItem("coding")
                .Constant("system", "http://terminology.hl7.org/CodeSystem/provenance-participant-type").Constant("code", "enterer"); // SCH-20 participant[3].type[1].coding.code
        }
    }

    /// <summary>R4 Appointment.participant is 1..*: where the message names nobody, that is said.</summary>
    public static void Complete(FhirNode appointment)
    {
        if (appointment.Has("participant")) return;
        var nobody = appointment.Item("participant");
        AbsentData.Set(nobody.Object("actor"));
        nobody.Set("status", "needs-action");
    }

    private static FhirNode Contact(FhirNode appointment, FhirNode person, bool request)
    {
        var participant = appointment.Item("participant");
        participant.Refer("actor", person);
        participant.Constant("status", request ? "needs-action" : "accepted");
        return participant;
    }

    private static void Reasons(FhirNode appointment, AppointmentFields fields)
    {
        var reason = fields.Reason.First;
        if (reason[3].Is("HL70277"u8)) appointment.SetConcept("appointmentType", reason, TableMaps.AppointmentTypeCodes); // SCH-7 IF CWE.3 IS "HL70277"
        else appointment.AddConcepts("reasonCode", fields.Reason, TableMaps.AppointmentReasonCodes); // SCH-7 IF CWE.3 IS "HL70276"
        if (!appointment.Has("appointmentType")) appointment.SetConcept("appointmentType", fields.Kind, TableMaps.AppointmentTypeCodes); // SCH-8 IF CWE.3 IS "HL70277"
    }

    private static void Parents(FhirNode appointment, AppointmentFields fields)
    {
        Parent(appointment, fields.ParentPlacer, "PLAC");
        Parent(appointment, fields.ParentFiller, "FILL");
    }

    private static void Parent(FhirNode appointment, Value ei, string type)
    {
        if (ei[1].Leaf < 0) return;
        var identifier = appointment.Item("supportingInformation").Constant("type", "Appointment").Object("identifier");
        Cx.ConstantType(identifier, type);
        Ei.ToIdentifier(identifier, ei);
    }

    private static IdKey Key(Mapping mapping, AppointmentFields fields)
    {
        var key = mapping.Resources.Key("Appointment");
        var placer = fields.Placer.First;
        var filler = fields.Filler.First;
        if (placer[1].Leaf >= 0) key.Add("placer").Add(placer[1]).Add(placer[2]).Add(placer[3]);
        else if (filler[1].Leaf >= 0) key.Add("filler").Add(filler[1]).Add(filler[2]).Add(filler[3]);
        else key.Add("message").Add(mapping.ControlId);
        return fields.Occurrence.HasValue ? key.Add("occurrence").Add(fields.Occurrence) : key;
    }
}
