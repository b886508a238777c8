using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Referrals;

/// <summary>
/// PRD and CTD as PractitionerRole: a provider of a referral, and a contact of his (HL7 v2.8.2 11.6.3 and 11.6.4). The official maps
/// have neither; this follows ROL[Encounter-PractitionerRole]. Both number their first seven fields alike.
/// </summary>
internal static class PrdPractitionerRole
{
    public static FhirNode Provider(SegmentValue prd)
    {
        var person = Person(prd);
        var organization = Xon.ToOrganization(prd[10], prd[11], prd[13]);
        if (!person.Populated && !organization.Populated) return default;
        var role = Role(prd, person, organization);
        role.Object("period").SetDateTime("start", prd[8]);
        role.Object("period").SetDateTime("end", prd[9]);
        foreach (var place in prd[12]) role.ReferItem("location", Pl.ToLocation(place));
        return Shared(prd, role, person, organization);
    }

    /// <param name="organization">That of the provider whose contact it is, or no node.</param>
    public static FhirNode Contact(SegmentValue ctd, FhirNode organization)
    {
        var person = Person(ctd);
        return person.Populated ? Shared(ctd, Role(ctd, person, organization), person, organization) : default;
    }

    private static FhirNode Role(SegmentValue segment, FhirNode person, FhirNode organization)
    {
        var role = segment.Mapping.Resources.BeginShared("PractitionerRole");
        role.Refer("practitioner", person);
        role.Refer("organization", organization);
        role.AddConcepts("code", segment[1], TableMaps.ProviderRole);
        role.ReferItem("location", Pl.ToLocation(segment[4]));
        role.AddContacts("telecom", segment[5]);
        return role;
    }

    private static FhirNode Shared(SegmentValue segment, FhirNode role, FhirNode person, FhirNode organization) =>
        segment.Mapping.Resources.Share(role, segment.Mapping.Resources.Key("PractitionerRole")
            .Add(segment.Name).Add(person.Utf8Of("id")).Add(organization.Utf8Of("id")).Add(segment[1].First[1]));

    private static FhirNode Person(SegmentValue segment)
    {
        if (!segment[2].HasValue && !segment[7].HasValue) return default;
        var resources = segment.Mapping.Resources;
        var person = resources.BeginMentioned("Practitioner");
        foreach (var number in segment[7])
        {
            if (number.HasValue) Pln.ToIdentifier(person.Item("identifier"), number);
        }

        person.AddNames("name", segment[2]);
        person.AddAddresses("address", segment[3]);
        var key = resources.Key("Practitioner");
        if (segment[7].First[1].Leaf >= 0) key.Add("licence").Add(segment[7].First[1]).Add(segment[7].First[2]).Add(segment[7].First[3]);
        else key.AddAll(segment[2].First);
        return resources.Share(person, key);
    }
}
