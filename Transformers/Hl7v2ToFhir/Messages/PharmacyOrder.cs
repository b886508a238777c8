using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// The pharmacy structures (OMP_O09, RDE_O11, RDS_O13, RGV_O15, RAS_O17 and their answers; HL7 v2.8.2 4A.3), and RDE_O01 and its kin of
/// v2.3: the same groups, of which each message has its own parts.
/// </summary>
internal static class PharmacyOrder
{
    /// <summary>OMP, RDE: the message is about the order.</summary>
    public static void Order(Mapping mapping) => Map(mapping, WriteMode.Merge, acts: true);

    /// <summary>RDS, RGV, RAS: it is about an act under the order.</summary>
    public static void Act(Mapping mapping) => Map(mapping, WriteMode.CreateIfAbsent, acts: true);

    /// <summary>ORP, RRE, RRD, RRG, RRA: what the answer says of the order, and not once more what it answers.</summary>
    public static void Answer(Mapping mapping) => Map(mapping, WriteMode.Merge, acts: false);

    /// <summary>One order in a message of orders of all kinds, such as ORM_O01.</summary>
    /// <param name="orc">Its ORC; absent where it has none.</param>
    /// <param name="rxo">Its RXO.</param>
    /// <param name="end">Place of the next order: all in front of it is mapped.</param>
    /// <returns>The MedicationRequest; no node where it would be about nobody.</returns>
    public static FhirNode Map(SegmentValue orc, SegmentValue rxo, out int end)
    {
        var group = PharmacyGroup.From(rxo.Mapping, orc.Exists ? orc.Index : rxo.Index);
        PharmacyRequest.Map(group, WriteMode.Merge);
        Remarks(group);
        end = group.End;
        return group.Request;
    }

    private static void Map(Mapping mapping, WriteMode mode, bool acts)
    {
        var header = MshMessageHeader.Map(mapping);
        MsaMessageHeader.Map(mapping, header);
        var groups = PharmacyGroup.Of(mapping).ToList();
        PatientVisit.Map(mapping, groups.Count > 0 ? groups[0].Start : mapping.Segments.Count);
        foreach (var group in groups)
        {
            PharmacyRequest.Map(group, mode);
            foreach (var act in group.Acts)
            {
                if (acts) Act(group, act);
                else Echo(act.Segment);
                header.ReferItem("focus", act.Resource);
            }

            if (group.Acts.Count == 0 || !acts) header.ReferItem("focus", group.Request);
            Remarks(group);
        }

        if (!header.Has("focus")) header.ReferItem("focus", mapping.Patient);
    }

    private static void Act(PharmacyGroup group, PharmacyPart act)
    {
        switch (act.Segment.Name)
        {
            case "RXD":
                RxdMedicationDispense.Map(group, act);
                break;
            case "RXG":
                RxgMedicationRequest.Map(group, act);
                break;
            default:
                RxaMedicationAdministration.Map(group, act);
                break;
        }
    }

    // Filed from the answer it would be a second dispense, giving or administration beside the first.
    private static void Echo(SegmentValue act)
    {
        for (var field = 1; field <= 35; field++) act[field].Note(CarryReason.EchoInAnswer);
    }

    /// <summary>Notes and observations, each to what stands before it.</summary>
    private static void Remarks(PharmacyGroup group)
    {
        var current = group.Request;
        FhirNode observation = default;
        for (var at = group.Start; at < group.End; at++)
        {
            var segment = group.Mapping.Segments[at];
            if (group.At(at) is { } part) (current, observation) = (part.Resource, default);
            switch (segment.Name)
            {
                case "NTE":
                    NteNote.Map(segment, observation.Exists ? observation : current);
                    break;
                case "OBX":
                    observation = Observation(segment, current);
                    break;
                case "PRT" when observation.Exists:
                    PrtParticipation.ToObservation(segment, observation);
                    break;
                case "DG1" when group.Request.Exists:
                    group.Request.ReferItem("reasonReference", Dg1Condition.Map(segment, group.Mapping.Encounter, WriteMode.CreateIfAbsent));
                    break;
                case "RXR" or "RXC" or "TQ1":
                    observation = default;
                    break;
                default:
                    break;
            }
        }
    }

    private static FhirNode Observation(SegmentValue obx, FhirNode about)
    {
        var observation = ObxObservation.OfAct(obx, about, SharingCategory.ObservationsAndLifestyle);
        if (!about.Exists) return observation;
        if (about.Name is "MedicationAdministration" or "MedicationDispense") observation.ReferItem("partOf", about);
        else about.ReferItem("supportingInformation", observation);
        return observation;
    }
}
