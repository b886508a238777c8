using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>What SCH and ARQ both say of an appointment, under their own numbers (HL7 v2.8.2 10.6.1 and 10.6.2).</summary>
internal readonly record struct AppointmentFields(
    FieldValue Placer, FieldValue Filler, FieldValue Occurrence, FieldValue PlacerGroup, FieldValue EventReason, FieldValue Reason, FieldValue Kind,
    FieldValue Duration, FieldValue DurationUnits,
    FieldValue PlacerContact, FieldValue PlacerPhone, FieldValue PlacerAddress,
    FieldValue FillerContact, FieldValue FillerPhone, FieldValue FillerAddress,
    FieldValue EnteredBy, FieldValue EnteredPhone,
    FieldValue ParentPlacer, FieldValue ParentFiller, FieldValue Status, FieldValue PlacerOrder, FieldValue FillerOrder)
{
    public static AppointmentFields Of(SegmentValue segment) => segment.Name == "SCH"
        ? new(segment[1], segment[2], segment[3], segment[4], segment[6], segment[7], segment[8], segment[9], segment[10],
            segment[12], segment[13], segment[14], segment[16], segment[17], segment[18], segment[20], segment[21],
            segment[23], segment[24], segment[25], segment[26], segment[27])
        : new(segment[1], segment[2], segment[3], segment[4], segment[6], segment[7], segment[8], segment[9], segment[10],
            segment[15], segment[16], segment[17], default, default, default, segment[19], segment[20],
            segment[22], segment[23], default, segment[24], segment[25]);
}
