using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// The MedicationRequest of one group. It is one resource through the whole life of the order: a change or cancel under the same number
/// updates it, and who dispenses, gives or administers refers to it. Where the pharmacy's encoding stands beside the order as it was
/// given, the latter is contained, so that a list of prescriptions does not count it twice.
/// </summary>
internal static class PharmacyRequest
{
    /// <param name="mode">Merge for the order itself, CreateIfAbsent where the message is about something else.</param>
    /// <returns>No node where the order would be about nobody.</returns>
    public static FhirNode Map(PharmacyGroup group, WriteMode mode)
    {
        var request = OrcMedicationRequest.Begin(group, mode);
        if (!request.Exists) return default;
        var timing = group.Orc[7]; // ORC-7 TQ[MedicationRequest]
        if (group.Encoded is { } encoded)
        {
            request.Constant("intent", group.Ordered is null ? "order" : "filler-order");
            if (group.Ordered is { } given) Contain(request, given, group.Orc);
            RxeMedicationRequest.Map(request, encoded, timing, group.Ordered is null ? null : "calculated");
        }
        else if (group.Ordered is { } ordered)
        {
            RxoMedicationRequest.Map(request, request, ordered, timing, "medication");
        }
        else
        {
            Outline(request, group);
        }

        request = Keyed(group, request, mode);
        group.Request = request;
        if (group.Ordered is not null) group.Ordered.Resource = request;
        if (group.Encoded is not null) group.Encoded.Resource = request;
        OrcMedicationRequest.Provenance(group, request);
        return request;
    }

    // Said in passing by several groups, it is one order; as an order, two under one number are two.
    private static FhirNode Keyed(PharmacyGroup group, FhirNode request, WriteMode mode)
    {
        var act = group.Acts.Count > 0 ? group.Acts[0].Segment : default;
        var rx = (group.Encoded ?? group.Ordered)?.Segment ?? act;
        Value prescription = rx.Name == "RXE" ? rx[15] : act.Name == "RXD" ? act[7] : default;
        var key = MedicationKey.OfRequest(group.Mapping, group.Orc, prescription, DrugFields.Of(rx).Code);
        if (mode == WriteMode.CreateIfAbsent) return group.Mapping.Resources.Share(request, key);
        group.Mapping.Resources.Own(request, key);
        return request;
    }

    private static void Contain(FhirNode request, PharmacyPart ordered, SegmentValue orc)
    {
        var contained = request.Item("contained").Set("resourceType", "MedicationRequest").Set("id", "ordered");
        RequestStatus.Set(contained, orc);
        ordered.Segment.Mapping.ReferToSubject(contained, "subject");
        RxoMedicationRequest.Map(request, contained, ordered, default, "ordered-medication");
        request.Item("basedOn").Set("reference", "#ordered");
    }

    // The message has neither RXO nor RXE: what the act says of the drug, or that it is not known here.
    private static void Outline(FhirNode request, PharmacyGroup group)
    {
        // An answer to OMP speaks of the order as it was given.
        request.Constant("intent", group.Mapping.Segments[0][9].First[1].Is("ORP"u8) ? "original-order" : "order");
        var act = group.Acts.Count > 0 ? group.Acts[0].Segment : default;
        DrugMedication.Map(request, request, "medication", new(act.Exists ? DrugFields.Of(act).Code : default, default, default, default, default, default), []);
        Tq1Dosage.Map(request, "dosageInstruction", group.Timings, group.Orc[7]);
    }
}
