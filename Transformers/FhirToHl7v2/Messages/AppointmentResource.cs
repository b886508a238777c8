using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Messages;

/// <summary>AIG, AIL and AIP: a thing, a place or a person that an appointment takes up (HL7 v2.8.2 10.6.5 to 10.6.7).</summary>
internal static class AppointmentResource
{
    /// <param name="actor">Reference to a Location or to who practises; any other is a thing known by its number.</param>
    public static SegmentDraft Begin(MessageDraft draft, JsonElement actor)
    {
        var source = draft.Source;
        switch (source.Resolve(actor).Text("resourceType"))
        {
            case "Location":
                return draft.AddNumbered("AIL").SetLocation(3, source, actor);
            case "Practitioner" or "PractitionerRole":
                return draft.AddNumbered("AIP").SetPerson(3, source, actor);
            default:
                var identifier = actor.Get("identifier");
                return draft.AddNumbered("AIG").Set(3, identifier.Text("value")).Set(3, actor.Text("display"), 2).Set(3, Cwe.SystemName(identifier.Text("system")), 3);
        }
    }

    public static SegmentDraft SetTime(SegmentDraft segment, string? start, string? minutes) => segment.SetTime(StartOf(segment), start).SetMinutes(StartOf(segment) + 3, minutes);

    /// <summary>The field of the filler's status: six behind that of the start.</summary>
    public static int StatusOf(SegmentDraft segment) => StartOf(segment) + 6;

    private static int StartOf(SegmentDraft segment) => segment.Name == "AIG" ? 8 : 6;
}
