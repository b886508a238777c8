using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>ContactPoint as XTN (HL7 v2.8.2 2A.90).</summary>
internal static class Xtn
{
    /// <summary>XTN.5 to XTN.8.</summary>
    private static readonly string[] PartNames = ["country", "area", "local", "extension"];

    public static SegmentDraft SetContacts(this SegmentDraft segment, int field, IEnumerable<JsonElement> contacts)
    {
        foreach (var contact in contacts) segment.SetContact(field, contact, segment.Repetitions(field));
        return segment;
    }

    public static bool IsWork(JsonElement contact) => contact.Text("use") == "work";

    private static void SetContact(this SegmentDraft segment, int field, JsonElement contact, int repetition)
    {
        var (system, value) = (contact.Text("system"), contact.Text("value"));
        var use = contact.Text("use") is { } stated ? TableMaps.TelecommunicationUseCode.CodeFor(stated) : null;
        segment.Set(field, system == "email" ? use ?? "NET" : use, 2, repetition: repetition);
        segment.Set(field, EquipmentOf(contact), 3, repetition: repetition);
        string?[] parts = [.. PartNames.Select(name => contact.Extension($"contactpoint-{name}").Text("valueString"))];
        for (var part = 0; part < parts.Length; part++) segment.Set(field, parts[part], part + 5, repetition: repetition);
        if (system == "email") segment.Set(field, value, 4, repetition: repetition);
        // The parts say all that the whole number does. XTN.12 took the place of XTN.1: a receiver of an older version looks for it there.
        else if (value != Joined(parts)) segment.Set(field, value, repetition: repetition).Set(field, value, 12, repetition: repetition);
        segment.SetPeriod(field, contact.Get("period"), 13, 14, repetition);
        segment.Set(field, contact.Text("rank"), 18, repetition: repetition);
    }

    private static string? EquipmentOf(JsonElement contact) => contact.Text("system") switch
    {
        "phone" when contact.Text("use") == "mobile" => "CP",
        "phone" => "PH",
        "fax" => "FX",
        "email" => "Internet",
        "pager" => "BP",
        "sms" => "CP",
        "url" => "Internet",
        "other" => "MD",
        _ => null,
    };

    // "+852 2 1234567 X89", as the way in puts it together.
    private static string? Joined(string?[] parts)
    {
        var (country, area, local, extension) = (parts[0], parts[1], parts[2], parts[3]);
        if (local is null) return null;
        if (country is not null) country = country.StartsWith('+') ? country : "+" + country;
        return string.Join(' ', new[] { country, area, local, extension is null ? null : "X" + extension }.Where(part => part is not null));
    }
}
