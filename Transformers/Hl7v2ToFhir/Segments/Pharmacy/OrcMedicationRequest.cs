using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// ORC as MedicationRequest, in the style of ORC[ServiceRequest] (no official map): numbers, status, who ordered, when and why.
/// </summary>
internal static class OrcMedicationRequest
{
    /// <summary>Begins the MedicationRequest of an order; no node where it would be about nobody (R4: subject is 1..1).</summary>
    public static FhirNode Begin(PharmacyGroup group, WriteMode mode)
    {
        var (mapping, orc) = (group.Mapping, group.Orc);
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return default;
        var rx = (group.Encoded ?? group.Ordered)?.Segment ?? default;
        var (requester, recorder) = (Requester(orc, group.Ordered?.Segment ?? default, group.Encoded?.Segment ?? default), Xcn.ToPractitioner(orc[10]));
        var request = mapping.Resources.Begin("MedicationRequest", SharingCategory.DiagnosesProceduresMedications, mode);

        if (orc.Exists) OrderServiceRequest.Identifiers(request, orc, default); // ORC-2 ORC-3 EI[Identifier-Extension]
        request.AddIdentifiers("identifier", orc[33], "PLAC"); // ORC-33 CX[Identifier]
        RequestStatus.Set(request, orc);
        if (orc[16].HasValue) request.SetConcept("statusReason", orc[16]); // ORC-16 statusReason
        foreach (var kind in orc[29]) Category(request, kind); // ORC-29 category
        mapping.ReferToSubject(request, "subject");
        request.Refer("encounter", mapping.Encounter);
        if (rx.Name == "RXE" && rx[32].HasValue) request.SetDateTime("authoredOn", rx[32]); // RXE-32 authoredOn
        else if (orc[1].First.Is("NW"u8)) request.SetDateTime("authoredOn", orc[9]); // ORC-9 authoredOn
        request.Refer("requester", requester);
        request.Refer("recorder", recorder); // ORC-10 recorder
        Group(request, orc[4]);
        Parent(request, orc[8]);
        if (orc[28].HasValue) Cwe.ToCoding(request.Object("meta").Item("security"), orc[28], TableMaps.ConfidentialityCode); // ORC-28 meta.security
        return request;
    }

    /// <summary>Provenance of the order, and of what the pharmacist verified.</summary>
    public static void Provenance(PharmacyGroup group, FhirNode request)
    {
        if (!request.Populated) return;
        var (rxo, rxe) = (group.Ordered?.Segment ?? default, group.Encoded?.Segment ?? default);
        OrderProvenance.Map(new OrderGroup(group.Mapping, group.Orc, default) { Request = request }, rxe[14].HasValue ? rxe[14] : rxo[15]); // RXE-14 RXO-15 Provenance.agent
    }

    // ORC-12, with the facility as OrderServiceRequest has it; where it is empty, the provider of the RX segment, who is named by a licence.
    private static FhirNode Requester(SegmentValue orc, SegmentValue rxo, SegmentValue rxe)
    {
        if (!orc[12].HasValue) return OrderServiceRequest.AtFacility(orc, Xcn.ToPractitioner(rxe[13].HasValue ? rxe[13] : rxo[14])); // RXO-14 XCN[Practitioner] RXE-13 requester(Practitioner)
        var requester = OrderServiceRequest.Requester(orc, default); // ORC-12 XCN[Practitioner] ORC-21 XON[Organization] ORC-22 XAD[Address] ORC-23 XTN[ContactPoint] ORC-24 XAD[Address]
        Licence(orc[12], rxo[14]);
        Licence(orc[12], rxe[13]);
        return requester;
    }

    // R4 has one requester: the provider of the RX segment is told where he is the same.
    private static void Licence(Value provider, Value licence)
    {
        if (licence[1].Leaf >= 0 && licence[1].Is(provider[1].Utf8)) Xcn.ToPractitioner(licence);
        else licence.Note(CarryReason.NoRoom);
    }

    private static void Category(FhirNode request, Value kind)
    {
        var code = kind[1].Text switch { "I" => "inpatient", "O" => "outpatient", _ => null };
        if (!kind.HasValue) return;
        var category = request.Item("category");
        if (code is not null) category.Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/medicationrequest-category").Set("code", code, kind[1].Leaf);
        if (code is null || kind.PartCount > 1) Cwe.ToCodeableConcept(category, kind);
    }

    private static void Group(FhirNode request, Value group)
    {
        var (placer, filler) = Eip.OfGroup(group);
        if (placer[1].Leaf >= 0)
        {
            var identifier = request.Object("groupIdentifier");
            Cx.ConstantType(identifier, "PGN");
            Ei.ToIdentifier(identifier, placer); // ORC-4 groupIdentifier
        }

        request.AddIdentifier("identifier", filler, "FGN"); // ORC-4 identifier
    }

    private static void Parent(FhirNode request, Value parent)
    {
        Based(request, parent[1], "PLAC"); // ORC-8 basedOn
        Based(request, parent[2], "FILL"); // ORC-8 basedOn
    }

    private static void Based(FhirNode request, Value ei, string type)
    {
        if (!ei.HasValue) return;
        var identifier = request.Item("basedOn").Constant("type", "MedicationRequest").Object("identifier");
        Cx.ConstantType(identifier, type);
        Ei.ToIdentifier(identifier, ei);
    }
}
