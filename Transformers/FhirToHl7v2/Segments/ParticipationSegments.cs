using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>PRT behind an OBR or OBX: who, where and with what device took part, as far as no field of these says it (HL7 v2.8.2 7.3.4).</summary>
internal static class ParticipationSegments
{
    /// <summary>Action code (HL7 table 0287).</summary>
    public const string Add = "AD";

    /// <summary>Performers of a report that have no function of OBR-34 or OBR-35.</summary>
    public static void OfReport(MessageDraft draft, JsonElement report) => OfPerformers(draft, report.Items("performer").Where(performer => !performer.Has("extension")));

    /// <summary>Each performer as responsible observer or performing organization (HL7 table 0912).</summary>
    public static void OfPerformers(MessageDraft draft, IEnumerable<JsonElement> performers)
    {
        foreach (var performer in performers)
        {
            var person = draft.Source.Practitioner(performer);
            var prt = draft.Add("PRT").Set(2, Add).Set(4, person.Exists() ? "RO" : "PO").SetPerson(5, draft.Source, performer).SetOrganization(8, draft.Source, performer);
            prt.SetAddresses(14, person.Items("address")).SetContacts(15, person.Items("telecom"));
        }
    }

    /// <summary>The place of an observation, and a device that it was made with.</summary>
    public static void OfObservation(MessageDraft draft, JsonElement observation)
    {
        foreach (var place in observation.Items("extension").Where(extension => extension.Text("url")?.EndsWith("/event-location", StringComparison.Ordinal) == true))
            draft.Add("PRT").Set(2, Add).Set(4, "EQUIP").SetLocation(9, draft.Source, place.Get("valueReference"));
        DeviceSegments.Alone(draft, observation);
    }
}
