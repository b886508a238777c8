using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// ORU_R01: unsolicited observation message (HL7 v2.8.2 7.3.1). The segments are taken in their order; each says of itself where it
/// belongs, so a message that bends the grammar still comes through.
/// </summary>
internal static class OruR01
{
    public static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        var patient = PidPatient.Map(mapping.First("PID"), WriteMode.CreateIfAbsent);
        if (patient.Exists) Pv1Encounter.Map(mapping.First("PV1"), WriteMode.CreateIfAbsent);
        Results(mapping, header);
        if (!header.Has("focus")) header.ReferItem("focus", mapping.Patient);
        MshProvenance.Map(mapping);
    }

    private static void Results(Mapping mapping, FhirNode header)
    {
        SegmentValue common = default;
        OrderGroup? group = null;
        FhirNode noted = default, observation = default;
        var before = "";
        foreach (var segment in mapping.Segments)
        {
            switch (segment.Name)
            {
                case "PD1" when mapping.Patient.Exists:
                    Pd1Patient.Map(segment, mapping.Patient);
                    break;
                case "NK1" when mapping.Patient.Exists:
                    Nk1RelatedPerson.Map(segment, mapping.Patient);
                    break;
                case "PV2" when mapping.Encounter.Exists:
                    Pv2Encounter.Map(segment, mapping.Encounter);
                    break;
                case "ORC":
                    (common, group, observation, noted) = (segment, null, default, default);
                    break;
                case "OBR":
                    group = Order(mapping, common, segment);
                    header.ReferItem("focus", group.Report);
                    (common, observation, noted) = (default, default, group.Request);
                    break;
                case "TQ1" when group is not null:
                    Tq1ServiceRequest.Map(segment, group.Request);
                    break;
                case "OBX":
                    // Before an OBR it is about the patient, or a document of the order.
                    observation = group is null ? ObxObservation.Map(segment, SharingCategory.ObservationsAndLifestyle) : ObxObservation.Map(segment, group);
                    if (group is not null) group.Report.ReferItem("result", observation);
                    noted = observation;
                    break;
                case "NTE":
                    NteNote.Map(segment, noted);
                    break;
                case "SPM" when group is not null:
                    // What follows is about this specimen.
                    group.Specimen = group.Specimens[segment.Index];
                    (observation, noted) = (default, group.Specimen);
                    break;
                case "PRT" when before == "PID" && mapping.Patient.Exists:
                    RolParticipation.ToPatient(segment, mapping.Patient);
                    break;
                case "PRT" when before == "PV1" && mapping.Encounter.Exists:
                    RolParticipation.ToEncounter(segment, mapping.Encounter);
                    break;
                case "PRT" when observation.Exists:
                    PrtParticipation.ToObservation(segment, observation);
                    break;
                case "PRT" when group is not null:
                    PrtParticipation.ToOrder(segment, group);
                    break;
                default:
                    break;
            }

            if (segment.Name is "PID" or "PV1" or "ORC" or "OBR" or "OBX" or "SPM") before = segment.Name;
        }
    }

    private static OrderGroup Order(Mapping mapping, SegmentValue orc, SegmentValue obr)
    {
        var group = new OrderGroup(mapping, orc, obr);
        OrderServiceRequest.Map(group);
        ObrDiagnosticReport.Map(group);
        Specimens(group);
        OrderProvenance.Map(group);
        return group;
    }

    // SPM stands behind the results that came from it, which are to refer to it.
    private static void Specimens(OrderGroup group)
    {
        var segments = group.Mapping.Segments;
        for (var at = group.Obr.Index + 1; at < segments.Count && segments[at].Name is not ("OBR" or "ORC"); at++)
        {
            if (segments[at].Name == "SPM") group.Specimens[at] = SpmSpecimen.Map(segments[at], group);
        }

        if (group.Specimens.Count == 0) group.Report.ReferItem("specimen", group.Specimen = ObrSpecimen.Map(group));
        foreach (var specimen in group.Specimens.Values) group.Report.ReferItem("specimen", specimen);
        // Of several specimens none is known to be the one of a result that stands before them all.
        if (group.Specimens.Count == 1) group.Specimen = group.Specimens.Values.First();
    }
}
