using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Practitioner as XCN (HL7 v2.8.2 2A.88), and Organization as XON (2A.91).</summary>
internal static class Xcn
{
    /// <summary>Adds who a Reference names, as a repetition: a Practitioner, or the one of a PractitionerRole.</summary>
    public static SegmentDraft SetPerson(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference)
    {
        var person = message.Resolve(reference);
        if (person.Text("resourceType") == "PractitionerRole") person = message.Resolve(person.Get("practitioner"));
        if (person.Text("resourceType") != "Practitioner") return segment;
        var repetition = segment.Repetitions(field);
        var identifier = person.First("identifier");
        segment.Set(field, identifier.Text("value"), repetition: repetition);
        var name = person.First("name");
        Xpn.SetParts(segment, field, name, family: 2, repetition);
        segment.SetConcept(field, person.First("qualification").Get("code"), TableMaps.DegreeLicenseCertificate, repetition, component: 7);
        if (identifier.Exists()) segment.SetAuthority(field, identifier, 9, repetition);
        segment.SetMapped(field, name.Text("use"), TableMaps.NameType, 10, repetition);
        segment.Set(field, identifier.Extension("identifier-checkDigit").Text("valueString"), 11, repetition: repetition);
        segment.Set(field, identifier.Extension("namingsystem-checkDigit").Text("valueString"), 12, repetition: repetition);
        if (Cx.TypeOf(identifier) is { } type) segment.Set(field, TableMaps.IdentifierType.CodeFor(type) ?? type, 13, repetition: repetition);
        return segment.Set(field, Xpn.Representation(name), 15, repetition: repetition);
    }

    /// <summary>Adds the Organization that a Reference names, as XON.</summary>
    public static SegmentDraft SetOrganization(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference)
    {
        var organization = message.Resolve(reference);
        if (organization.Text("resourceType") == "PractitionerRole") organization = message.Resolve(organization.Get("organization"));
        return organization.Text("resourceType") == "Organization" ? segment.SetXon(field, organization) : segment;
    }

    public static SegmentDraft SetXon(this SegmentDraft segment, int field, JsonElement organization)
    {
        var repetition = segment.Repetitions(field);
        segment.Set(field, organization.Text("name"), repetition: repetition);
        segment.SetCoding(field, organization.Get("_name").Extension("v2-0204").Get("valueCoding"), TableMaps.OrganizationalNameType, repetition, component: 2);
        var identifier = organization.First("identifier");
        if (!identifier.Exists()) return segment;
        segment.Set(field, identifier.Text("value"), 3, repetition: repetition);
        segment.SetAuthority(field, identifier, 6, repetition);
        return Cx.TypeOf(identifier) is { } type ? segment.Set(field, TableMaps.IdentifierType.CodeFor(type) ?? type, 7, repetition: repetition) : segment;
    }
}
