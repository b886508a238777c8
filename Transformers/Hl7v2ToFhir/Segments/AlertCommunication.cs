using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// An alarm of ORU_R40 (HL7 v2.8.2 7.3.10; IHE DEV PCD-04) as Communication beside its report: that somebody was told, of what, and
/// when. No official map. What the alarm says is in the observations, to which the communication points.
/// </summary>
internal static class AlertCommunication
{
    private const string Category = """[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/communication-category","code":"alert"}]}]""";

    public static void Map(OrderGroup group)
    {
        var mapping = group.Mapping;
        if (!group.Report.Exists) return;
        var alert = mapping.Resources.Begin("Communication", group.Section.Category);
        mapping.Resources.Own(alert, group.AddTo(mapping.Resources.Key("Communication")));
        foreach (var told in group.Told) alert.Item("payload").Refer("contentReference", told);
        if (!alert.Populated) return;
        alert.Constant("status", "completed").ConstantJson("category", Category);
        mapping.ReferToSubject(alert, "subject");
        alert.ReferItem("about", group.Report);
        alert.Refer("encounter", mapping.Encounter);
        alert.SetDateTime("sent", mapping.Segments[0][7]);
        alert.Refer("sender", mapping.Sender);
    }
}
