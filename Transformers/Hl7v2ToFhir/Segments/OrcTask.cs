using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// ORC as Task: what is asked or answered about an order that the message names by its numbers only, as an answer does, or a cancel
/// without OBR. The official map of ORM_O01 names Task here and leaves its elements open. A later answer about the order updates it.
/// </summary>
internal static class OrcTask
{
    public static FhirNode Map(OrderGroup group)
    {
        var (mapping, orc) = (group.Mapping, group.Orc);
        var number = orc[2].HasValue ? orc[2].First : orc[3].First;
        if (!number.HasValue) return default;
        var requester = OrderServiceRequest.Requester(orc, default);
        var task = mapping.Resources.Begin("Task", group.Section.Category, WriteMode.Merge);
        mapping.Resources.Own(task, mapping.Resources.Key("Task").Add("order").Add(number[1]).Add(number[2]).Add(number[3]));
        OrderServiceRequest.Identifiers(task, orc, default);
        task.Set("status", StatusOf(orc[1].First.Utf8), orc[1].First.Leaf);
        task.SetConcept("statusReason", orc[16]);
        if (orc[5].HasValue) task.Object("businessStatus").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0038").SetCode("code", orc[5]);
        task.Constant("intent", "order");
        task.Object("code").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0119").SetCode("code", orc[1]);
        Ei.ToIdentifier(task.Object("focus").Constant("type", "ServiceRequest").Object("identifier"), number);
        if (mapping.SubjectId is not null || mapping.Patient.Populated) mapping.ReferToSubject(task, "for");
        task.Refer("encounter", mapping.Encounter);
        task.SetDateTime("authoredOn", orc[9]);
        task.Refer("requester", requester);
        return task;
    }

    // HL7 table 0119: what one asks of the other, and what the other answers.
    private static string StatusOf(ReadOnlySpan<byte> control) => System.Text.Encoding.ASCII.GetString(control) switch
    {
        "OK" or "NA" or "RR" or "PA" or "CH" => "accepted",
        "CR" or "DR" or "HR" or "OR" or "XR" or "RQ" or "OC" or "OD" or "OH" or "OE" or "XX" or "RU" or "OF" or "AF" => "completed",
        "UA" or "UC" or "UD" or "UF" or "UH" or "UM" or "UR" or "UX" or "DF" => "rejected",
        "DE" => "failed",
        "SC" or "SR" or "RE" => "in-progress",
        _ => "requested",
    };
}
