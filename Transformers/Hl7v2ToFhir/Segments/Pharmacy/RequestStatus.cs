using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// MedicationRequest.status from HL7 tables 0119 and 0038. The official table maps are made for ServiceRequest, and there say revoked for
/// what medicationrequest-status tells apart: cancelled before anything was given, stopped after.
/// </summary>
internal static class RequestStatus
{
    /// <summary>
    /// What ends or holds an order (ORC-1) goes before the state it was in (ORC-5): a cancel cancels. Where neither says anything, the
    /// record keeps what it knows.
    /// </summary>
    public static void Set(FhirNode request, SegmentValue orc)
    {
        var control = orc[1].First;
        var state = orc[5].First[1];
        var ended = Ending(control.Text);
        var stated = Stated(state.Text);
        var status = ended ?? stated ?? Starting(control.Text) ?? "unknown";
        var leaf = ended is not null ? control.Leaf : stated is not null ? state.Leaf : status == "unknown" ? FhirNode.NoLeaf : control.Leaf;
        request.Set("status", status, leaf); // ORC-1 status ORC-5 status
        if (leaf == control.Leaf && stated == status) request.AlsoFrom("status", state.Leaf);
        if (leaf == state.Leaf && Starting(control.Text) == status) request.AlsoFrom("status", control.Leaf);
    }

    /// <summary>MedicationDispense.status: the issue itself, of which ORC-5 says nothing.</summary>
    public static void SetDispensed(FhirNode dispense, SegmentValue orc)
    {
        var control = orc[1].First;
        var ended = Ending(control.Text);
        dispense.Set("status", ended ?? "completed", ended is null ? FhirNode.NoLeaf : control.Leaf); // ORC-1 status
    }

    private static string? Ending(string control) => control switch
    {
        "CA" or "OC" or "CR" or "UA" => "cancelled",
        "DC" or "OD" or "DR" or "RP" or "RU" or "RQ" => "stopped",
        "HD" or "OH" or "HR" => "on-hold",
        "DE" => "entered-in-error",
        _ => null,
    };

    private static string? Stated(string state) => state switch
    {
        "A" or "IP" or "SC" => "active",
        "CA" => "cancelled",
        "CM" => "completed",
        "DC" or "RP" => "stopped",
        "ER" => "entered-in-error",
        "HD" => "on-hold",
        _ => null,
    };

    private static string? Starting(string control) => control switch
    {
        "NW" or "OK" or "XO" or "XR" or "XX" or "RO" or "RL" or "OR" or "OE" or "CH" or "PA" or "RE" or "RF" or "AF" or "FU" or "OF" or "OP" or "PY" or "NA" or "PR" => "active",
        _ => null,
    };
}
