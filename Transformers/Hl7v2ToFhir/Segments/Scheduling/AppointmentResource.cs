using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>What AIS, AIG, AIL and AIP say alike: when the resource is taken, and whether it still is (HL7 v2.8.2 10.6.4 to 10.6.7).</summary>
internal static class AppointmentResource
{
    /// <summary>Start, duration and its units; absent where the segment is.</summary>
    public static (Value Start, Value Duration, Value Units) TimesOf(SegmentValue segment)
    {
        if (!segment.Exists) return default;
        var at = StartOf(segment);
        return (segment[at], segment[at + 3], segment[at + 4]);
    }

    /// <summary>Adds a participant with its period and status.</summary>
    /// <param name="status">Field of the filler status code.</param>
    public static FhirNode Participant(FhirNode appointment, SegmentValue segment, FieldValue status, bool request)
    {
        var participant = appointment.Item("participant");
        AppointmentStatus.SetParticipation(participant, status, request);
        return participant;
    }

    /// <summary>participant.period, of the resource's own times.</summary>
    public static void Period(FhirNode participant, FhirNode appointment, SegmentValue segment)
    {
        var at = StartOf(segment);
        var period = participant.Object("period");
        // The offset counts from the start of the appointment.
        if (!period.SetDateTime("start", segment[at]) && Durations.TryRead(segment[at + 1], segment[at + 2], out var offset)) // AIG-8 AIL-6 AIP-6 AIS-4 participant.period.start
        {
            period.SetLater("start", appointment.TextOf("start"), offset, segment[at + 1]); // AIG-9 AIL-7 AIP-7 participant.period.start
            period.AlsoFromAll("start", segment[at + 2].First);
        }

        if (!Durations.TryRead(segment[at + 3], segment[at + 4], out var length)) return;
        period.SetLater("end", period.TextOf("start"), length, segment[at + 3]); // AIG-11 AIL-9 AIP-9 participant.period.end
        period.AlsoFromAll("end", segment[at + 4].First);
    }

    /// <summary>True where the message takes the resource off the appointment: S20 to S22 by what they are, any other by the segment's action code.</summary>
    public static bool IsRemoved(SegmentValue segment)
    {
        var type = segment.Mapping.Segments[0][9].First;
        if (!type[1].Is("SIU"u8)) return false;
        var action = segment[2].First;
        return action.Is("D"u8) || (action.Leaf < 0 && type[2].Text is "S20" or "S21" or "S22");
    }

    /// <summary>
    /// True where the message lists all resources of the appointment, so that those it does not list are no longer of it; false where it
    /// tells changes alone.
    /// </summary>
    public static bool IsSnapshot(Mapping mapping)
    {
        var any = false;
        foreach (var segment in mapping.Segments)
        {
            if (segment.Name is not ("AIS" or "AIG" or "AIL" or "AIP")) continue;
            if (segment[2].First.IsOneOf("U"u8, "D"u8)) return false;
            any = true;
        }

        return any && mapping.Segments[0][9].First[2].Text is "S12" or "S13" or "S14" or "S15" or "S16" or "S17" or "S26";
    }

    /// <summary>What tells a service or general resource from the others of its list: system|code.</summary>
    /// <param name="field">Names the system where the value states none, such as AIS-3.</param>
    public static string KeyOf(Value cwe, ReadOnlySpan<byte> field)
    {
        var mapping = cwe.Mapping;
        var system = cwe[3].Leaf >= 0 ? mapping.CodeSystems.Of(cwe[3].Utf8) : LocalUri.Of(mapping, field);
        return $"{System.Text.Encoding.UTF8.GetString(mapping.Arena.Read(system))}|{cwe[1].Text}";
    }

    /// <summary>The segment's action code, once it has done its work.</summary>
    public static void DropAction(SegmentValue segment) => segment[2].Drop(DropRule.SegmentAction);

    private static int StartOf(SegmentValue segment) => segment.Name switch { "AIS" => 4, "AIG" => 8, _ => 6 };
}
