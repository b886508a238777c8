using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// The ADT structures (ADT_A01, A02, A03, A05, A09, A39; HL7 v2.8.2 3.3): the same segments in nearly the same order, so one map reads
/// them all and each event adds what is its own. Segments are taken as they come: a message that bends the grammar still comes through.
/// </summary>
internal static class AdtVisit
{
    public static void Map(Mapping mapping) => Map(mapping, WriteMode.Merge);

    /// <summary>A13, cancel discharge: what the discharge had brought goes from the record.</summary>
    public static void CancelDischarge(Mapping mapping)
    {
        Map(mapping);
        if (!mapping.Encounter.Exists) return;
        var draft = mapping.Resources.Of(mapping.Encounter);
        if (!mapping.Encounter.Find("period").Has("end")) draft.Delete("period.end");
        if (!mapping.Encounter.Find("hospitalization").Has("dischargeDisposition")) draft.Delete("hospitalization.dischargeDisposition");
        if (!mapping.Encounter.Find("hospitalization").Has("destination")) draft.Delete("hospitalization.destination");
    }

    private static void Map(Mapping mapping, WriteMode mode)
    {
        var header = MshMessageHeader.Map(mapping);
        var patient = PidPatient.Map(mapping.First("PID"), mode);
        var encounter = patient.Exists ? Pv1Encounter.Map(mapping.First("PV1"), mode) : default;
        header.ReferItem("focus", encounter);
        header.ReferItem("focus", patient);
        if (patient.Exists) Walk(mapping, patient, encounter);
        EvnProvenance.Map(mapping);
        MshProvenance.Map(mapping);
    }

    /// <summary>Maps what stands behind PID and PV1, in the order of the message.</summary>
    /// <param name="own">Takes the segments that a message maps in its own way: true for what it took.</param>
    internal static void Walk(Mapping mapping, FhirNode patient, FhirNode encounter, Func<SegmentValue, bool>? own = null)
    {
        FhirNode observation = default;
        var before = "";
        foreach (var segment in mapping.Segments)
        {
            if (own is not null && own(segment)) continue;
            switch (segment.Name)
            {
                case "PD1":
                    Pd1Patient.Map(segment, patient);
                    break;
                case "MRG":
                    MrgPatient.Map(segment, patient);
                    break;
                case "NK1":
                    Nk1RelatedPerson.Map(segment, patient);
                    break;
                case "PV2":
                    Pv2Encounter.Map(segment, encounter);
                    break;
                case "OBX":
                    observation = ObxObservation.Map(segment, SharingCategory.ObservationsAndLifestyle);
                    break;
                case "NTE" when before == "OBX":
                    NteNote.Map(segment, observation);
                    break;
                case "AL1":
                    Al1AllergyIntolerance.Map(segment);
                    break;
                case "IAM":
                    IamAllergyIntolerance.Map(segment);
                    break;
                case "DG1":
                    Dg1Condition.Map(segment, encounter);
                    break;
                case "PR1":
                    Pr1Procedure.Map(segment, encounter);
                    break;
                case "GT1":
                    Gt1RelatedPerson.Map(segment);
                    break;
                case "IN1":
                    In1Coverage.Map(segment, NextIs(mapping, segment, "IN2"));
                    break;
                case "ROL" or "PRT" when before == "PID":
                    RolParticipation.ToPatient(segment, patient);
                    break;
                case "ROL" or "PRT" when before == "PV1":
                    RolParticipation.ToEncounter(segment, encounter);
                    break;
                case "PRT" when before == "OBX":
                    PrtParticipation.ToObservation(segment, observation);
                    break;
                default:
                    break;
            }

            // PD1 and PV2 only add to what they follow.
            if (segment.Name is "PID" or "PV1" or "OBX" or "PR1" or "IN1" or "NK1" or "DG1" or "AL1" or "GT1") before = segment.Name;
        }
    }

    internal static SegmentValue NextIs(Mapping mapping, SegmentValue segment, string name) =>
        segment.Index + 1 < mapping.Segments.Count && mapping.Segments[segment.Index + 1].Name == name ? mapping.Segments[segment.Index + 1] : default;
}
