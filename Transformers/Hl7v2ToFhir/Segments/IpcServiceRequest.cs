using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Indexing;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// IPC as ServiceRequest: by which numbers, with what and where an examination is to be made (HL7 v2.8.2 4.5.6). No official map; the
/// numbers are those by which DICOM names the order (PS3.3 C.4.10 to C.4.12). Messages before IPC say some of them elsewhere, as IHE RAD TF-2 4.4
/// has it: in OBR-19 and OBR-20, and in a segment ZDS.
/// </summary>
internal static class IpcServiceRequest
{
    public static void Map(SegmentValue ipc, FhirNode request)
    {
        if (!request.Exists) return;
        request.AddIdentifier("identifier", ipc[1], "ACSN");
        Number(request, ipc[2], IndexRules.RequestedProcedure);
        StudyInstance(request, ipc[3]);
        Number(request, ipc[4], IndexRules.ScheduledStep);
        if (ipc[5].HasValue) Cwe.ToCodeableConcept(request.Item("orderDetail"), ipc[5]);
        request.AddConcepts("orderDetail", ipc[6]);
        request.AddConcepts("locationCode", ipc[8]);
        Station(request, ipc);
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
