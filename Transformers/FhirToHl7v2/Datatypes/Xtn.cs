using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>ContactPoint as XTN (HL7 v2.8.2 2A.90).</summary>
internal static class Xtn
{
    public static SegmentDraft SetContacts(this SegmentDraft segment, int field, IEnumerable<JsonElement> contacts)
    {
        foreach (var contact in contacts) segment.SetContact(field, contact, segment.Repetitions(field));
        return segment;
    }

    public static bool IsWork(JsonElement contact) => contact.Text("use") == "work";

    private static void SetContact(this SegmentDraft segment, int field, JsonElement contact, int repetition)
    {
        var email = contact.Text("system") == "email";
        if (email) segment.Set(field, "NET", 2, repetition: repetition).Set(field, contact.Text("value"), 4, repetition: repetition);
        else segment.SetMapped(field, contact.Text("use"), TableMaps.TelecommunicationUseCode, 2, repetition);
        if (contact.Text("use") == "mobile" && !email) segment.Set(field, "CP", 3, repetition: repetition);
        else segment.Set(field, contact.Text("system") switch { "phone" => "PH", "fax" => "FX", "email" => "Internet", "pager" => "BP", _ => null }, 3, repetition: repetition);
        string?[] parts =
        [
            contact.Extension("contactpoint-country").Text("valueString"), contact.Extension("contactpoint-area").Text("valueString"),
            contact.Extension("contactpoint-local").Text("valueString"), contact.Extension("contactpoint-extension").Text("valueString"),
        ];
        for (var part = 0; part < parts.Length; part++) segment.Set(field, parts[part], part + 5, repetition: repetition);
        // The parts say all that the whole number does.
        if (!email && parts[2] is null) segment.Set(field, contact.Text("value"), 12, repetition: repetition);
        segment.SetTime(field, contact.Get("period").Text("start"), 13, repetition: repetition).SetTime(field, contact.Get("period").Text("end"), 14, repetition: repetition);
        segment.Set(field, contact.Text("rank"), 18, repetition: repetition);
    }
}
