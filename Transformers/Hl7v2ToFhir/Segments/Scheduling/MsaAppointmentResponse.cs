using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>
/// MSA and SCH of SRR as AppointmentResponse (R4 12.11): what the filler says to a request. The official maps have no SRR; the
/// appointment itself is mapped beside it.
/// </summary>
internal static class MsaAppointmentResponse
{
    public static void Map(Mapping mapping, SegmentValue sch, FhirNode appointment)
    {
        var msa = mapping.First("MSA");
        if (!msa.Exists) return;
        var response = mapping.Resources.Begin("AppointmentResponse", SharingCategory.EncountersAndAppointments);
        mapping.Resources.Own(response, mapping.Resources.Key("AppointmentResponse").Add(appointment.Utf8Of("id")).Add(msa[2]));
        response.AddIdentifier("identifier", sch[2], "FILL");
        response.Refer("appointment", appointment);
        if (appointment.TextOf("start") is { } start) response.Set("start", response.Arena.Write(start.AsSpan()));
        if (appointment.TextOf("end") is { } end) response.Set("end", response.Arena.Write(end.AsSpan()));
        var filler = Xcn.ToPractitioner(sch[16], sch[18], sch[17]);
        // R4 apr-1: who answers, or at least as what.
        if (filler.Populated) response.Refer("actor", filler);
        else response.Item("participantType").Set("text", "Filler");
        response.Set("participantStatus", StatusOf(msa, appointment), msa[1].First.Leaf);
        response.SetText("comment", msa[3]);
    }

    private static string StatusOf(SegmentValue msa, FhirNode appointment)
    {
        if (!MsaMessageHeader.Accepts(msa)) return "declined";
        return appointment.TextOf("status") is "pending" or "waitlist" ? "tentative" : "accepted";
    }
}
