using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>ROL, which ADT messages have, and PRT, which the others have, from PractitionerRole (HL7 v2.8.2 15.4.8, 7.3.4).</summary>
internal static class RoleSegments
{
    private static readonly Fields Rol = new(Instance: 1, Role: 3, Person: 4, Begin: 5, End: 6, Address: 11, Phone: 12, Place: 13, Organization: 14, Kind: 9, Unit: 10);
    private static readonly Fields Prt = new(Instance: 1, Role: 4, Person: 5, Begin: 11, End: 12, Address: 14, Phone: 15, Place: 9, Organization: 8, Kind: 6, Unit: 7);

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
        segment.SetConcepts(at.Kind, role.Items("specialty")).SetConcepts(at.Unit, source.Organization(reference).Items("type"), TableMaps.ParticipantOrganizationUnitType);
        foreach (var place in role.Items("location")) segment.SetLocation(at.Place, source, place);
    }

    /// <summary>Those who care for the patient beside his general practitioner: the team that he has at the source.</summary>
    public static void CareTeam(MessageDraft draft, JsonElement patient)
    {
        var source = draft.Source;
        foreach (var participant in source.All("CareTeam").Where(team => CanonicalMessage.IsAbout(team, patient)).SelectMany(team => team.Items("participant")))
        {
            var member = source.Resolve(participant.Get("member"));
            if (!member.Exists()) continue;
            var adt = source.MessageType[0] == "ADT";
            var (segment, at) = adt ? (draft.Add("ROL"), Rol) : (draft.Add("PRT"), Prt);
            var roles = participant.Items("role").ToList();
            segment.Set(2, ParticipationSegments.Add).SetConcepts(at.Role, roles.Take(1), TableMaps.ProviderRole);
            segment.SetConcepts(at.Kind, member.Has("code") ? member.Items("code") : roles.Skip(1));
            var organization = participant.Has("onBehalfOf") ? participant.Get("onBehalfOf") : participant.Get("member");
            segment.SetPerson(at.Person, source, participant.Get("member")).SetOrganization(at.Organization, source, organization);
            segment.SetConcepts(at.Unit, source.Organization(organization).Items("type"), TableMaps.ParticipantOrganizationUnitType);
            var period = participant.Get("period");
            segment.SetTime(at.Begin, period.Text("start")).SetTime(at.End, period.Text("end"));
            var known = source.Practitioner(participant.Get("member")) is { ValueKind: JsonValueKind.Object } person ? person : member;
            segment.SetAddresses(at.Address, known.Items("address")).SetContacts(at.Phone, known.Items("telecom"));
        }
    }

    /// <summary>Numbers of the fields that ROL and PRT have in common.</summary>
    private readonly record struct Fields(int Instance, int Role, int Person, int Begin, int End, int Address, int Phone, int Place, int Organization, int Kind, int Unit);
}
