using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>ROL, which ADT messages have, and PRT, which the others have, from PractitionerRole (HL7 v2.8.2 15.4.8, 7.3.4).</summary>
internal static class RoleSegments
{
    private static readonly Fields Rol = new(Instance: 1, Role: 3, Person: 4, Begin: 5, End: 6, Address: 11, Phone: 12, Place: 13, Organization: 14);
    private static readonly Fields Prt = new(Instance: 1, Role: 4, Person: 5, Begin: 11, End: 12, Address: 14, Phone: 15, Place: 9, Organization: 8);

    /// <param name="reference">Nothing is written where it names no PractitionerRole.</param>
    /// <param name="participant">The Encounter.participant that it stands in, which says the part again; or none.</param>
    public static void Write(MessageDraft draft, JsonElement reference, JsonElement participant)
    {
        var source = draft.Source;
        var role = source.Resolve(reference);
        if (role.Text("resourceType") != "PractitionerRole") return;
        var adt = source.MessageType[0] == "ADT";
        var (segment, at) = adt ? (draft.Add("ROL"), Rol) : (draft.Add("PRT"), Prt);
        segment.SetEi(at.Instance, role.First("identifier")).Set(2, ParticipationSegments.Add);
        var codes = role.Has("code") ? role.Items("code") : participant.Items("type");
        segment.SetConcepts(at.Role, codes, TableMaps.ProviderRole);
        segment.SetPerson(at.Person, source, reference).SetOrganization(at.Organization, source, reference);
        var period = role.Has("period") ? role.Get("period") : participant.Get("period");
        segment.SetTime(at.Begin, period.Text("start")).SetTime(at.End, period.Text("end"));
        segment.SetAddresses(at.Address, source.Practitioner(reference).Items("address")).SetContacts(at.Phone, role.Items("telecom"));
        foreach (var place in role.Items("location")) segment.SetLocation(at.Place, source, place);
    }

    /// <summary>Numbers of the fields that ROL and PRT have in common.</summary>
    private readonly record struct Fields(int Instance, int Role, int Person, int Begin, int End, int Address, int Phone, int Place, int Organization);
}
