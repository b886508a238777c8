using System.Globalization;
using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>MSH, SFT and EVN, from MessageHeader and the Provenance of the event (HL7 v2.8.2 2.14.9, 2.14.12, 3.4.1).</summary>
internal static class HeaderSegments
{
    private const string Version = "2.8.2";

    public static void Write(MessageDraft draft, ReceiverAddress to)
    {
        var (source, header) = (draft.Source, draft.Source.Header);
        var type = source.MessageType;
        var sender = source.Resolve(header.Get("sender"));
        var msh = draft.Add("MSH");
        From(msh, source, to);
        To(msh, source, to);
        msh.SetTime(7, IsTime(source.Timestamp) ? source.Timestamp : to.Now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        for (var part = 0; part < type.Length; part++) msh.Set(9, type[part], part + 1);
        msh.Set(10, to.ControlId);
        var tags = header.Get("meta").Items("tag").ToList();
        msh.Set(11, tags.FirstOrDefault().Text("code") ?? "P").Set(11, tags.ElementAtOrDefault(1).Text("code"), 2);
        msh.Set(12, Version).Set(17, sender.First("address").Text("country")).Set(18, to.CharacterSet);
        msh.Set(19, header.Text("language"));
        Software(draft);
    }

    public static void WriteEvent(MessageDraft draft)
    {
        var source = draft.Source;
        var evn = draft.Add("EVN");
        var provenance = source.All("Provenance").FirstOrDefault(IsEvent);
        evn.SetTime(2, provenance.Text("recorded") ?? source.Timestamp);
        foreach (var reason in provenance.Items("reason"))
        {
            if (reason.HasCode("unknown")) evn.Set(4, "U");
            else evn.SetConcept(4, reason, TableMaps.EventReason);
        }

        foreach (var person in Provenances.Agents(provenance, "enterer")) evn.SetPerson(5, source, person);
        evn.SetTime(6, provenance.Text("occurredDateTime"));
        evn.SetFacility(7, source.Resolve(provenance.Get("location")));
    }

    private static bool IsTime(string? timestamp) => DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, out _);

    private static void From(SegmentDraft msh, CanonicalMessage source, ReceiverAddress to)
    {
        if (to.SendingApplication is not null) msh.Set(3, to.SendingApplication);
        else SetApplication(msh, 3, source.Header.Get("source"));
        if (to.SendingFacility is not null) msh.Set(4, to.SendingFacility);
        else msh.SetFacility(4, source.Resolve(source.Header.Get("sender")));
        msh.SetOrganization(22, source, source.Header.Get("responsible"));
    }

    private static void To(SegmentDraft msh, CanonicalMessage source, ReceiverAddress to)
    {
        var destination = source.Header.First("destination");
        if (to.ReceivingApplication is not null) msh.Set(5, to.ReceivingApplication);
        else SetApplication(msh, 5, destination);
        if (to.ReceivingFacility is not null) msh.Set(6, to.ReceivingFacility);
        else msh.SetFacility(6, source.Resolve(destination.Get("receiver")));
    }

    // Each software as the Provenance of the message names it; the first by the header alone where that does not.
    private static void Software(MessageDraft draft)
    {
        var (source, first) = (draft.Source, draft.Source.Header.Get("source"));
        var devices = source.All("Provenance").SelectMany(provenance => provenance.Items("entity")).Select(entity => source.Resolve(entity.Get("what")))
            .Where(what => what.Text("resourceType") == "Device").DistinctBy(device => device.Text("id")).ToList();
        if (devices.Count == 0) draft.Add("SFT").Set(2, first.Text("version")).Set(3, first.Text("software"));
        foreach (var device in devices)
        {
            var version = device.First("version");
            var sft = draft.Add("SFT").Set(1, device.Text("manufacturer")).Set(2, version.Text("value")).Set(3, device.First("deviceName").Text("name"));
            sft.Set(4, device.Text("modelNumber")).Set(5, device.First("note").Text("text")).SetTime(6, version.Extension("extension-Device.version.installDate").Text("valueDateTime"));
        }
    }

    // HD: the name, and the endpoint where it is an id of its own.
    private static void SetApplication(SegmentDraft msh, int field, JsonElement application)
    {
        msh.Set(field, application.Text("name"));
        if (application.Text("endpoint") is not { } endpoint || LocalName.IsLocal(endpoint)) return;
        var (id, type) = Hd.Universal(endpoint);
        msh.Set(field, id, 2).Set(field, type, 3);
    }

    // Of the message's own Provenance the activity has three parts, of the event's two; that of an order names the order's activity.
    private static bool IsEvent(JsonElement provenance) => provenance.Get("activity").Text("text") is { } text && text.Count(character => character == '^') == 1;
}
