using System.Globalization;
using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>MSH and EVN, from MessageHeader and the Provenance of the event (HL7 v2.8.2 2.14.9, 3.4.1).</summary>
internal static class HeaderSegments
{
    private const string Version = "2.8.2";

    public static void Write(MessageDraft draft, ReceiverAddress to)
    {
        var (source, header) = (draft.Source, draft.Source.Header);
        var type = source.MessageType;
        var sender = source.Resolve(header.Get("sender"));
        var destination = header.First("destination");
        var msh = draft.Add("MSH")
            .Set(3, to.SendingApplication ?? header.Get("source").Text("name"))
            .Set(4, to.SendingFacility ?? NameOf(sender))
            .Set(5, to.ReceivingApplication ?? destination.Text("name"))
            .Set(6, to.ReceivingFacility ?? NameOf(source.Resolve(destination.Get("receiver"))))
            .SetTime(7, to.At?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? source.Timestamp);
        for (var part = 0; part < type.Length; part++) msh.Set(9, type[part], part + 1);
        msh.Set(10, to.ControlId);
        msh.Set(11, header.Get("meta").First("tag").Text("code") ?? "P");
        msh.Set(12, Version).Set(17, sender.First("address").Text("country")).Set(18, to.CharacterSet);
    }

    public static void WriteEvent(MessageDraft draft)
    {
        var source = draft.Source;
        var evn = draft.Add("EVN");
        var provenance = source.All("Provenance").FirstOrDefault(IsEvent);
        evn.SetTime(2, provenance.Text("recorded") ?? source.Timestamp);
        foreach (var reason in provenance.Items("reason").Where(reason => !reason.HasCode("unknown"))) evn.SetConcept(4, reason, TableMaps.EventReason);
        foreach (var agent in provenance.Items("agent").Where(agent => agent.Get("type").HasCode("enterer"))) evn.SetPerson(5, source, agent.Get("who"));
        if (provenance.Text("occurredDateTime") != provenance.Text("recorded")) evn.SetTime(6, provenance.Text("occurredDateTime"));
        evn.Set(7, source.Resolve(provenance.Get("location")).Text("name"));
    }

    // Of the message's own Provenance the activity has three parts, of the event's two; that of an order names the order's activity.
    private static bool IsEvent(JsonElement provenance) => provenance.Get("activity").Text("text") is { } text && text.Count(character => character == '^') == 1;

    private static string? NameOf(JsonElement organization) => organization.Text("name") ?? organization.First("identifier").Text("value");
}
