using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Indexing;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// ORC[ServiceRequest] and OBR[ServiceRequest]: the order, from its placing to its results. Each message about it adds to the same
/// resource: a result knows less of the order than the order itself did.
/// </summary>
internal static class OrderServiceRequest
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";

    public static FhirNode Map(OrderGroup group)
    {
        var mapping = group.Mapping;
        var (orc, obr) = (group.Orc, group.Obr);
        // R4 ServiceRequest.subject is 1..1.
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return default;
        var requester = Requester(orc, obr);
        var request = mapping.Resources.Begin("ServiceRequest", group.Section.Category, WriteMode.Merge);
        mapping.Resources.Own(request, group.AddTo(mapping.Resources.Key("ServiceRequest"), placerFirst: true));
        group.Request = request;

        if (!group.HasResults) obr[1].Drop(DropRule.SetId);
        Identifiers(request, orc, obr);
        OrderStatus.Set(request, orc, obr[25]); // ORC-1 ORC-5 status
        if (obr[11].First.Is("G"u8)) request.Set("intent", "reflex-order", obr[11].First.Leaf); // OBR-11 IF OBR-11 EQUALS "G"
        else request.Constant("intent", "order"); // OBR-11 IF OBR-11 NOT IN ("G","A") ORC-1 intent OBR intent
        if (!mapping.Resources.Nulls(request, obr[5], "priority")) request.SetMapped("priority", obr[5], TableMaps.ExtendedPriorityCodes); // OBR-5 priority
        if (!group.HasResults && obr[24].HasValue) Cwe.ToCodeableConcept(request.Item("category"), obr[24], TableMaps.DiagnosticServiceSectionID);
        request.SetConcept("code", obr[4]); // OBR-4 CWE[CodeableConcept]
        Details(request, obr[46]); // OBR-46 CWE[CodeableConcept]
        Details(request, obr[47]); // OBR-47 CWE[CodeableConcept]
        mapping.ReferToSubject(request, "subject");
        request.Refer("encounter", mapping.Encounter);
        Requested(request, group);
        if (orc[1].First.Is("NW"u8)) request.SetDateTime("authoredOn", orc[9]); // ORC-9 IF ORC.1 IS "NW"
        if (!request.Has("authoredOn")) request.SetDateTime("authoredOn", orc[37]);
        request.Refer("requester", requester);
        // In an order they say who is to do it; the report of a result names who did.
        if (!group.HasResults) foreach (var technician in obr[34]) request.ReferItem("performer", Ndl.ToPractitioner(technician));
        if (!mapping.Resources.Nulls(request, obr[31], "reasonCode")) request.AddConcepts("reasonCode", obr[31]); // OBR-31 CWE[CodeableConcept]
        request.AddConcepts("locationCode", orc[29], TableMaps.OrderType); // ORC-29 CWE[CodeableConcept]
        OrderParent.Set(request, group);
        Extension(request, orc, obr);
        if (orc[28].HasValue) Cwe.ToCoding(request.Object("meta").Item("security"), orc[28], TableMaps.ConfidentialityCode); // ORC-28 CWE[Coding]
        foreach (var text in obr[13]) // OBR-13: R4 has no place for a concept as supporting information, but one for what it says.
        {
            if (text.HasValue) request.Item("note").SetJoined("text", " "u8, text);
        }

        if (obr[39].HasValue) request.Item("note").SetJoined("text", " "u8, obr[39].First); // OBR-39 note
        Timing(request, group);
        return request;
    }

    /// <summary>Adds to orderDetail. R4 (prr-1) has details only of a service that is named: without one they are carried.</summary>
    public static void Details(FhirNode request, FieldValue details)
    {
        if (request.Has("code")) request.AddConcepts("orderDetail", details);
        else details.Note(CarryReason.DetailOfNothing);
    }

    // When it was asked for. A result says it once more at best: the record has it from the order, and in TQ1 it may say more than one time.
    private static void Requested(FhirNode request, OrderGroup group)
    {
        var requested = group.Obr[6];
        if (group.HasResults) requested.Note(CarryReason.EchoInResult);
        else if (!group.Mapping.Resources.Nulls(request, requested, "occurrence")) request.SetDateTime("occurrenceDateTime", requested); // OBR-6 occurrenceDateTime
    }

    /// <summary>Identifiers of the order, of ORC and OBR; one that both say alike is said once.</summary>
    public static void Identifiers(FhirNode node, SegmentValue orc, SegmentValue obr)
    {
        Numbers(node, orc[2], obr[2], "PLAC"); // ORC-2 OBR-2 EI[Identifier-Extension]
        Numbers(node, orc[3], obr[3], "FILL"); // ORC-3 OBR-3 EI[Identifier-Extension]
        // IHE RAD TF-2 4.4: an order for images has the accession number, the requested procedure and its step in these three, all of them
        // required. Whoever leaves one empty uses the first for something else, as a room.
        var scheduled = obr[18].HasValue && obr[19].HasValue && obr[20].HasValue && ServiceSection.Of(obr[24].First.Utf8).IsImaging;
        if (scheduled) node.AddIdentifier("identifier", obr[18], IndexRules.Accession);
        if (node.Name != "ServiceRequest") return;
        if (scheduled)
        {
            IpcServiceRequest.Number(node, obr[19].First, IndexRules.RequestedProcedure);
            IpcServiceRequest.Number(node, obr[20].First, IndexRules.ScheduledStep);
        }

        Group(node, orc);
        node.AddIdentifiers("identifier", orc[33], "PLAC"); // ORC-33 CX[Identifier]
        node.AddIdentifiers("identifier", obr[53], "PLAC"); // OBR-53 CX[Identifier]
        node.AddIdentifier("identifier", orc[38], "FGN"); // ORC-38 identifier[5]
    }

    /// <summary>ORC-12, else OBR-16. With an ordering facility beside the person, R4 needs a PractitionerRole to say both.</summary>
    internal static FhirNode Requester(SegmentValue orc, SegmentValue obr)
    {
        var person = Xcn.ToPractitioner(orc[12].HasValue ? orc[12] : obr[16], orc[24]); // ORC-12 OBR-16 XCN[Practitioner] ORC-24 XAD[Address]
        if (orc[12].HasValue && obr[16].HasValue && obr[16].First[1].Is(orc[12].First[1].Utf8)) Xcn.ToPractitioner(obr[16]);
        return AtFacility(orc, person);
    }

    /// <summary>The person as one of the ordering facility, where the ORC names one; the facility alone where nobody is named.</summary>
    internal static FhirNode AtFacility(SegmentValue orc, FhirNode person)
    {
        var facility = Xon.ToOrganization(orc[21], orc[22], orc[23]); // ORC-21 XON[Organization] ORC-22 XAD[Address] ORC-23 XTN[ContactPoint]
        if (!person.Exists || !facility.Exists) return person.Exists ? person : facility;
        var mapping = orc.Mapping;
        var role = mapping.Resources.BeginShared("PractitionerRole");
        role.Refer("practitioner", person);
        role.Refer("organization", facility);
        return mapping.Resources.Share(role, mapping.Resources.Key("PractitionerRole").Add(person.Utf8Of("id")).Add(facility.Utf8Of("id")));
    }

    private static void Numbers(FhirNode node, Value common, Value request, string type)
    {
        var same = common.HasValue && request.HasValue && common[1].Is(request[1].Utf8) && common[2].Is(request[2].Utf8) && common[3].Is(request[3].Utf8);
        node.AddIdentifier("identifier", request.HasValue ? request : common, type);
        if (same) common.Drop(DropRule.SameAsOther);
        else if (request.HasValue) node.AddIdentifier("identifier", common, type);
    }

    private static void Group(FhirNode request, SegmentValue orc)
    {
        var (placer, filler) = Eip.OfGroup(orc[4].First);
        if (placer[1].Leaf >= 0)
        {
            var requisition = request.Object("requisition");
            Cx.ConstantType(requisition, "PGN");
            Ei.ToIdentifier(requisition, placer); // ORC-4 requisition[1] requisition[2]
        }

        if (!orc[38].HasValue) request.AddIdentifier("identifier", filler, "FGN"); // ORC-4 IF ORC-4.2 VALUED AND ORC-38 IS NOT VALUED
    }

    // Since version 2.5 timing has a segment of its own; the old fields then only repeat it. OBR-36 is the time that the filler has set: it
    // stands in where the placer asked for none.
    private static void Timing(FhirNode request, OrderGroup group)
    {
        var (orc, obr) = (group.Orc, group.Obr);
        if ((!orc[7].HasValue && !obr[27].HasValue && !obr[36].HasValue) || HasTimingSegment(group)) return;
        Tq1ServiceRequest.FromTq(orc[7].HasValue ? orc[7] : obr[27], group); // ORC-7 OBR-27 TQ[ServiceRequest]
        if (!request.Has("occurrenceTiming") && !request.Has("occurrenceDateTime")) request.SetDateTime("occurrenceDateTime", obr[36]);
    }

    private static bool HasTimingSegment(OrderGroup group)
    {
        var segments = group.Mapping.Segments;
        for (var at = (group.Orc.Exists ? group.Orc : group.Obr).Index + 1; at < segments.Count && segments[at].Name is not "ORC"; at++)
        {
            if (segments[at].Name == "TQ1") return true;
            if (segments[at].Name == "OBR" && segments[at].Index != group.Obr.Index) return false;
        }

        return false;
    }

    private static void Extension(FhirNode request, SegmentValue orc, SegmentValue obr)
    {
        foreach (var number in obr[17].HasValue ? obr[17] : orc[14]) // OBR-17 ORC-14 XTN[ContactPoint]
        {
            if (number.HasValue) Xtn.ToContactPoint(request.Extension(Extensions + "servicerequest-order-callback-phone-number").Object("valueContactPoint"), number);
        }

        if (orc[16].HasValue) request.Extension(Extensions + "request-statusReason").SetConcept("valueCodeableConcept", orc[16]); // ORC-16 CWE[CodeableConcept]
    }
}
