using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>
/// When the appointment is, and TQ[Appointment]: TQ1 of its own, else SCH-11, which v2.5 replaced, else the first resource that says a
/// time. R4 wants instants here: a date without a time of day is a requested period.
/// </summary>
internal static class AppointmentTime
{
    /// <param name="resource">The first AIS, AIG, AIL or AIP with a start, or absent.</param>
    public static void Set(FhirNode appointment, SegmentValue sch, SegmentValue resource)
    {
        var mapping = sch.Mapping;
        var fields = AppointmentFields.Of(sch);
        Minutes(appointment, fields);
        if (sch.Name == "ARQ")
        {
            foreach (var range in sch[11]) Dr.ToPeriod(appointment.Item("requestedPeriod"), range);
        }

        var tq1 = mapping.First("TQ1", sch.Index);
        tq1[1].Drop(DropRule.SetId);
        if (tq1.Exists && Take(appointment, tq1[7], tq1[8])) sch[11].Note(CarryReason.NoRoom);
        else if (sch.Name == "SCH") Take(appointment, sch[11].First[4], sch[11].First[5]); // SCH-11 TQ[Appointment] TQ.4 start TQ.5 end
        var (start, number, units) = AppointmentResource.TimesOf(resource);
        if (!appointment.Has("start") && start.HasValue && !appointment.SetInstant("start", start)) appointment.Item("requestedPeriod").SetDateTime("start", start);
        if (appointment.Has("end") || !appointment.Has("start")) return;
        if (Durations.TryRead(fields.Duration, fields.DurationUnits, out var length)) appointment.SetLater("end", appointment.TextOf("start"), length, fields.Duration);
        else if (Durations.TryRead(number, units, out length)) appointment.SetLater("end", appointment.TextOf("start"), length, number);
    }

    /// <summary>R4 app-3: only what is proposed, cancelled or waiting may lack its times. Where the message says none, that is said.</summary>
    public static void Complete(FhirNode appointment, Mapping mapping)
    {
        if (appointment.Has("start") && appointment.Has("end")) return;
        // Moved, and not said until when: the end that the record holds is that of the time before.
        if (appointment.Has("start")) mapping.Resources.Of(appointment).Delete("end");
        if (!appointment.Has("start") && !appointment.Has("end") && appointment.TextOf("status") is "proposed" or "cancelled" or "waitlist") return;
        foreach (var name in (ReadOnlySpan<string>)["start", "end"])
        {
            if (!appointment.Has(name)) AbsentData.Set(appointment.Object($"_{name}"));
        }
    }

    private static bool Take(FhirNode appointment, Value start, Value end)
    {
        if (!start.HasValue) return false;
        if (!appointment.SetInstant("start", start))
        {
            var period = appointment.Item("requestedPeriod");
            period.SetDateTime("start", start);
            period.SetDateTime("end", end);
            return true;
        }

        appointment.SetInstant("end", end);
        return true;
    }

    // SCH-9 minutesDuration[1]
    private static void Minutes(FhirNode appointment, AppointmentFields fields)
    {
        if (!Durations.TryRead(fields.Duration, fields.DurationUnits, out var length) || length < TimeSpan.FromMinutes(1) || length.TotalMinutes % 1 != 0) return;
        var minutes = ((int)length.TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture);
        appointment.SetRaw("minutesDuration", appointment.Arena.Write(minutes.AsSpan()), fields.Duration.First.Leaf);
        appointment.AlsoFromAll("minutesDuration", fields.DurationUnits.First);
    }
}
