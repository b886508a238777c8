using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>PRD and CTD: who refers, to whom, who else has to do with the patient, and whom to ask there (HL7 v2.8.2 11.8.3, 11.8.4).</summary>
internal static class ProviderSegments
{
    /// <summary>Codes of HL7 table 0286: any other role is that of a contact.</summary>
    private static readonly string[] Roles = ["RP", "PP", "CP", "RT", "PI", "AP", "IR"];

    public static void Write(MessageDraft draft, JsonElement referral)
    {
        var source = draft.Source;
        var named = source.Patient.Items("generalPractitioner").Concat(referral.Items("supportingInfo")).Select(source.Resolve).Where(role => role.Text("resourceType") == "PractitionerRole").ToList();
        var contacts = named.Where(role => !role.Items("code").Any(code => Roles.Any(known => code.HasCode(known)))).ToList();
        Provider(draft, referral.Get("requester"), "RP", contacts);
        foreach (var performer in referral.Items("performer").Where(performer => source.Resolve(performer).Text("resourceType") == "PractitionerRole")) Provider(draft, performer, "RT", contacts);
        foreach (var other in source.Patient.Items("generalPractitioner").Concat(referral.Items("supportingInfo")).Where(other => named.Contains(source.Resolve(other)) && !contacts.Contains(source.Resolve(other))))
            Provider(draft, other, "PP", contacts);
        foreach (var contact in contacts) Role(draft, "CTD", contact, "");
    }

    // A contact is asked at the provider with whose organization he is.
    private static void Provider(MessageDraft draft, JsonElement reference, string code, List<JsonElement> contacts)
    {
        var source = draft.Source;
        var role = source.Resolve(reference);
        if (role.Text("resourceType") == "Practitioner")
        {
            Person(draft.Add("PRD").Set(1, code), role);
            return;
        }

        if (role.Text("resourceType") != "PractitionerRole") return;
        var prd = Role(draft, "PRD", role, code);
        prd.SetTime(8, role.Get("period").Text("start")).SetTime(9, role.Get("period").Text("end"));
        var organization = source.Resolve(role.Get("organization"));
        if (organization.Exists()) prd.SetXon(10, organization).SetAddresses(11, organization.Items("address")).SetContacts(13, organization.Items("telecom"));
        foreach (var place in role.Items("location").Skip(1)) prd.SetLocation(12, source, place);
        var here = contacts.Where(contact => contact.Get("organization").Text("reference") is { } at && at == role.Get("organization").Text("reference")).ToList();
        foreach (var contact in here) Role(draft, "CTD", contact, "");
        contacts.RemoveAll(here.Contains);
    }

    // What PRD and CTD have in common.
    private static SegmentDraft Role(MessageDraft draft, string name, JsonElement role, string code)
    {
        var source = draft.Source;
        var segment = draft.Add(name);
        if (role.Has("code")) segment.SetConcepts(1, role.Items("code"), TableMaps.ProviderRole);
        else segment.Set(1, code);
        Person(segment, source.Resolve(role.Get("practitioner")));
        if (role.First("location") is { ValueKind: JsonValueKind.Object } place) segment.SetLocation(4, source, place);
        return segment.SetContacts(5, role.Items("telecom"));
    }

    // The numbers are PLN: number, type, who licensed, until when.
    private static void Person(SegmentDraft segment, JsonElement person)
    {
        segment.SetNames(2, person.Items("name")).SetAddresses(3, person.Items("address"));
        foreach (var identifier in person.Items("identifier"))
        {
            var repetition = segment.Repetitions(7);
            segment.Set(7, identifier.Text("value"), repetition: repetition).SetIdentifierType(7, identifier, 2, repetition);
            segment.Set(7, LocalName.Of(identifier.Text("system")), 3, repetition: repetition).SetTime(7, identifier.Get("period").Text("end"), 4, repetition: repetition);
        }
    }
}
