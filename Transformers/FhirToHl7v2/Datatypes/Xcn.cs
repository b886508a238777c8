using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>Practitioner as XCN (HL7 v2.8.2 2A.88), and as CNN (2A.8), its subcomponent form.</summary>
internal static class Xcn
{
    /// <summary>Adds who a Reference names, as a repetition: a Practitioner, or the one of a PractitionerRole.</summary>
    public static SegmentDraft SetPerson(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference)
    {
        var person = message.Practitioner(reference);
        if (!person.Exists()) return segment;
        var repetition = segment.Repetitions(field);
        var identifier = person.First("identifier");
        segment.Set(field, identifier.Text("value"), repetition: repetition);
        var name = person.First("name");
        Xpn.SetParts(segment, field, name, family: 2, repetition);
        var suffixes = name.Items("suffix").Select(item => item.AsText()).ToList();
        segment.Set(field, suffixes.FirstOrDefault(), 5, repetition: repetition).Set(field, suffixes.ElementAtOrDefault(1), 21, repetition: repetition);
        segment.SetConcept(field, person.First("qualification").Get("code"), TableMaps.DegreeLicenseCertificate, repetition, component: 7);
        segment.SetAuthority(field, identifier, 9, repetition);
        segment.SetMapped(field, name.Text("use"), TableMaps.NameType, 10, repetition);
        segment.SetCheckDigit(field, identifier, 11, repetition);
        segment.SetIdentifierType(field, identifier, 13, repetition);
        segment.Set(field, Xpn.Representation(name), 15, repetition: repetition);
        segment.SetMapped(field, Xpn.AssemblyOrder(name), TableMaps.NameAssemblyOrder, 18, repetition);
        return segment.SetPeriod(field, name.Get("period"), 19, 20, repetition);
    }

    /// <summary>Adds the person one level lower, as the first component of a repetition of NDL.</summary>
    public static SegmentDraft SetCnn(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference)
    {
        var person = message.Practitioner(reference);
        var repetition = segment.Repetitions(field);
        var name = person.First("name");
        var given = name.Items("given").Select(item => item.AsText()).ToList();
        var suffixes = name.Items("suffix").Select(item => item.AsText()).ToList();
        string?[] parts =
        [
            person.First("identifier").Text("value"), name.Text("family"), given.FirstOrDefault(), given.Count > 1 ? string.Join(' ', given.Skip(1)) : null,
            suffixes.FirstOrDefault(), name.First("prefix").AsText(), suffixes.ElementAtOrDefault(1),
        ];
        for (var part = 1; part <= parts.Length; part++) segment.Set(field, parts[part - 1], 1, part, repetition);
        return segment;
    }

    /// <summary>Adds the person with the time and place of a PractitionerRole as NDL (2A.47).</summary>
    public static SegmentDraft SetNdl(this SegmentDraft segment, int field, CanonicalMessage message, JsonElement reference)
    {
        var repetition = segment.Repetitions(field);
        segment.SetCnn(field, message, reference);
        var role = message.Resolve(reference);
        if (role.Text("resourceType") != "PractitionerRole") return segment;
        segment.SetPeriod(field, role.Get("period"), 2, 3, repetition);
        return segment.SetNdlLocation(field, message, role.First("location"), repetition);
    }
}
