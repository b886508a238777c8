using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>
/// Appointment.status and participant.status. An event that ends an appointment decides by itself; else the filler's status does
/// (HL7 table 0278), and without one an appointment that is notified is booked, one that is asked for proposed.
/// </summary>
internal static class AppointmentStatus
{
    /// <param name="stated">SCH-25, or absent.</param>
    public static void Set(FhirNode appointment, Value trigger, Value stated, bool request)
    {
        var byEvent = trigger.Text switch
        {
            "S15" or "S16" => "cancelled",
            "S17" => "entered-in-error",
            "S26" => "noshow",
            _ => null,
        };
        if (request)
        {
            appointment.Set("status", trigger.Is("S01"u8) ? "proposed" : "pending", trigger.Leaf);
            return;
        }

        var byFiller = Of(stated);
        if (byEvent is not null && trigger.Mapping.Segments[0][9].First[1].Is("SIU"u8))
        {
            appointment.Set("status", byEvent, trigger.Leaf);
            if (byFiller == byEvent) appointment.AlsoFromAll("status", stated);
            else stated.Note(CarryReason.EventDecides);
            return;
        }

        if (byFiller is not null) appointment.Set("status", byFiller).AlsoFromAll("status", stated); // SCH-25 FillerStatusCodes[Appointment]
        else appointment.Set("status", "booked");
        if (byFiller is null) stated.Note(CarryReason.NoTableRow);
    }

    /// <summary>Appointment.status of a filler status code; null where neither the official map nor R4's definitions have one for it.</summary>
    public static string? Of(Value status)
    {
        var code = status[1];
        if (code.Leaf < 0) return null;
        if (TableMaps.FillerStatusCodesAppointment.TryGet(code.Utf8, out var mapped)) return mapped.CodeText;
        // Codes that the official map leaves open, and the spellings that senders use.
        return code.Text.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal) switch
        {
            "PENDING" => "pending",
            "WAITLIST" => "waitlist",
            "BOOKED" or "OVERBOOK" or "CONFIRMED" or "SCHEDULED" => "booked",
            "ARRIVED" => "arrived",
            "STARTED" or "CHECKEDIN" => "checked-in",
            "COMPLETE" or "COMPLETED" => "fulfilled",
            "CANCELLED" or "CANCELED" or "DISCONTINUED" or "DC" => "cancelled",
            "DELETED" => "entered-in-error",
            "NOSHOW" => "noshow",
            _ => null,
        };
    }

    /// <summary>participant.status: what its own filler status says, else that of the appointment.</summary>
    public static void SetParticipation(FhirNode participant, Value status, bool request)
    {
        var stated = Of(status) switch
        {
            "booked" or "checked-in" or "arrived" or "fulfilled" => "accepted",
            "cancelled" or "entered-in-error" => "declined",
            "waitlist" => "tentative",
            "pending" => "needs-action",
            _ => null,
        };
        var common = request ? "needs-action" : "accepted";
        // As every participant is where nothing is said.
        if (stated == common) status.Drop(DropRule.SameAsOther);
        if (stated is not null && stated != common) participant.Set("status", stated).AlsoFromAll("status", status); // AIP-12 participant.status[1]
        else participant.Constant("status", common);
    }
}
