using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Indexing;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// IPC as ServiceRequest: by which numbers, with what and where an examination is to be made (HL7 v2.8.2 4.5.6). No official map; the
/// numbers are those by which DICOM names the order (PS3.3 C.4.10 to C.4.12). Messages before IPC say some of them elsewhere, as IHE RAD TF-2 4.4
/// has it: in OBR-19 and OBR-20, and in a segment ZDS.
/// <para>
/// One IPC says of the order itself how it is made. Several are the steps that it is made in (OMI_O23: IPC repeats), each a contained ServiceRequest that is
/// based on the order: what cancels or holds the order does so to them, and none of them is an order of its own. The segment has neither action code nor
/// key, so it is in snapshot mode (2.10.4.1): a message with IPC has all steps, one without leaves them as they are.
/// </para>
/// </summary>
internal static class IpcServiceRequest
{
    /// <param name="order">The order that the segment belongs to.</param>
    public static void Map(SegmentValue ipc, OrderGroup order)
    {
        var request = order.Request;
        if (!request.Exists) return;
        var number = ++order.Steps;
        var several = number > 1 || IsFollowed(ipc);
        // The record may know the order's steps from before.
        if (!several) order.Mapping.Resources.Deletes(request, "contained");
        if (number == 1) Order(ipc, request);
        var made = several ? Step(ipc, order, number) : request;
        if (number > 1) Order(ipc, made);
        Number(made, ipc[4], IndexRules.ScheduledStep);
        OrderServiceRequest.Details(made, ipc[5]);
        OrderServiceRequest.Details(made, ipc[6]);
        made.AddConcepts("locationCode", ipc[8]);
        Station(made, ipc);
    }

    // Numbers of the whole order; of a further step they are the same, or its own.
    private static void Order(SegmentValue ipc, FhirNode request)
    {
        request.AddIdentifier("identifier", ipc[1], "ACSN");
        Number(request, ipc[2], IndexRules.RequestedProcedure);
        StudyInstance(request, ipc[3]);
    }

    private static FhirNode Step(SegmentValue ipc, OrderGroup order, int number)
    {
        var step = order.Request.Item("contained").Set("resourceType", "ServiceRequest")
            .Set("id", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{IndexRules.Step}{number}"));
        step.Item("basedOn").Set("reference", "#");
        step.SetConcept("code", order.Obr[4]);
        step.Constant("status", order.Request.TextOf("status") ?? "unknown").Constant("intent", "instance-order");
        order.Mapping.ReferToSubject(step, "subject");
        return step;
    }

    private static bool IsFollowed(SegmentValue ipc)
    {
        var segments = ipc.Mapping.Segments;
        for (var at = ipc.Index + 1; at < segments.Count && segments[at].Name is not ("ORC" or "OBR" or "PID"); at++)
            if (segments[at].Name == "IPC") return true;
        return false;
    }

    /// <param name="kind"><see cref="IndexRules.RequestedProcedure"/> or <see cref="IndexRules.ScheduledStep"/>.</param>
    public static void Number(FhirNode request, Value ei, string kind)
    {
        if (ei[1].Leaf < 0) return;
        var identifier = request.Item("identifier");
        identifier.ConstantObject("type").Constant("text", kind);
        Ei.ToIdentifier(identifier, ei);
    }

    /// <param name="ei">IPC-3; ZDS-1, whose first component (RP) is the UID too.</param>
    public static void StudyInstance(FhirNode request, Value ei)
    {
        if (!request.Exists || ei[1].Leaf < 0) return;
        var identifier = request.Item("identifier").Constant("system", IndexRules.DicomUid);
        if (Terminology.CodeSystems.CodeSystemNames.IsOid(ei[1].Utf8)) identifier.Set("value", ei.Mapping.Arena.Write($"urn:oid:{ei[1].Text}".AsSpan()), ei[1].Leaf);
        else identifier.SetText("value", ei[1]);
    }

    // A machine asked for by name and AE title: R4 lets a device be the performer. The title is what it is called by, the name is a number of its kind.
    private static void Station(FhirNode request, SegmentValue ipc)
    {
        if (!ipc[7].HasValue && !ipc[9].HasValue) return;
        var station = request.Item("performer").Constant("type", "Device");
        if (ipc[7].HasValue) Ei.ToIdentifier(station.Object("identifier"), ipc[7].First);
        station.SetText("display", ipc[9]);
    }
}
