using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Organization as XON (HL7 v2.8.2 2A.91), and as a CWE whose code is its number.</summary>
internal static class Xon
{
    /// <summary>Adds the Organization that a Reference names, or that of a PractitionerRole, as a repetition.</summary>
    public static SegmentDraft SetOrganization(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference)
    {
        var organization = message.Organization(reference);
        return organization.Exists() ? segment.SetXon(field, organization) : segment;
    }

    public static SegmentDraft SetXon(this SegmentDraft segment, int field, JsonElement organization)
    {
        var repetition = segment.Repetitions(field);
        segment.Set(field, organization.Text("name"), repetition: repetition);
        segment.SetCoding(field, organization.Get("_name").Extension("v2-0204").Get("valueCoding"), TableMaps.OrganizationalNameType, repetition, component: 2);
        var identifier = organization.First("identifier");
        if (!identifier.Exists()) return segment;
        // Since version 2.7 the number is XON.10; a receiver of an older one looks for it in XON.3.
        segment.Set(field, identifier.Text("value"), 3, repetition: repetition).Set(field, identifier.Text("value"), 10, repetition: repetition);
        segment.SetCheckDigit(field, identifier, 4, repetition);
        segment.SetAuthority(field, identifier, 6, repetition);
        return segment.SetIdentifierType(field, identifier, 7, repetition);
    }

    public static SegmentDraft SetNumberedOrganization(this SegmentDraft segment, int field, JsonElement organization)
    {
        var identifier = organization.First("identifier");
        segment.Set(field, identifier.Text("value")).Set(field, organization.Text("name"), 2);
        return segment.Set(field, Cwe.SystemName(identifier.Text("system")), 3);
    }
}
