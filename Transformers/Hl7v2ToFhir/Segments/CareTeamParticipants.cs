using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>ROL[CareTeam], PRT[CareTeam] and IN3[CareTeam]: a segment as participants of a team. One that is deleted goes from the record's team.</summary>
internal static class CareTeamParticipants
{
    public static void AddRole(FhirNode team, SegmentValue rol)
    {
        rol[2].Drop(DropRule.SegmentAction);
        var organization = Organization(rol[14], rol[10]); // ROL-14 XON[Organization] ROL-10 participant.member(Organization[1].type)
        foreach (var person in rol[4]) // ROL-4 XCN[Practitioner]
        {
            var practitioner = Xcn.ToPractitioner(person, rol[11], rol[12]);
            if (!practitioner.Populated || IsDeleted(team, rol, practitioner)) continue;
            var participant = Participant(team, rol[3], practitioner, rol[5], rol[6]); // ROL-3 participant.role[1] ROL-5 participant.period.start ROL-6 participant.period.end
            participant.AddConcepts("role", rol[9]); // ROL-9 participant.role[2]
            participant.Refer("onBehalfOf", organization); // ROL-10 IF ROL-4 VALUED
        }

        if (!rol[4].HasValue && organization.Populated && !IsDeleted(team, rol, organization)) Participant(team, rol[3], organization, rol[5], rol[6]).AddConcepts("role", rol[9]); // ROL-14 IF ROL-4 NOT VALUED
        team.AddConcepts("reasonCode", rol[8]); // ROL-8 reasonCode
    }

    public static void AddParticipation(FhirNode team, SegmentValue prt)
    {
        prt[2].Drop(DropRule.SegmentAction);
        var alone = !prt[5].HasValue;
        var organization = alone ? Xon.ToOrganization(prt[8], prt[14], prt[15]) : Organization(prt[8], prt[7]); // PRT-8 XON[Organization] PRT-14 XAD[Address] PRT-15 XTN[ContactPoint]
        foreach (var person in prt[5]) // PRT-5 XCN[Practitioner]
        {
            var practitioner = Xcn.ToPractitioner(person, prt[14], prt[15]);
            if (!practitioner.Populated) continue;
            var member = prt[6].HasValue ? Role(prt, practitioner, organization) : practitioner;
            if (IsDeleted(team, prt, member)) continue;
            var participant = Participant(team, prt[4], member, prt[11], prt[12]); // PRT-4 participant.role PRT-11 PRT-12
            // R4 ctm-1: only for a Practitioner; a role names its organization itself.
            if (member == practitioner) participant.Refer("onBehalfOf", organization); // PRT-8 IF PRT-5 OR PRT-6 IS VALUED
        }

        if (alone && organization.Populated && !IsDeleted(team, prt, organization)) Participant(team, prt[4], organization, prt[11], prt[12]); // PRT-8 IF PRT-5 AND PRT-6 NOT VALUED
    }

    /// <summary>The case manager of the insurer: IN3 has no more than the name.</summary>
    public static void AddCaseManager(FhirNode team, SegmentValue in3)
    {
        var participant = team.Item("participant");
        var role = participant.ConstantItem("role").Constant("text", "case manager"); // IN3-21 participant.role.text
        role.ConstantItem("coding").Constant("system", "http://snomed.info/sct").Constant("code", "768832004"); // IN3-21 participant.role.coding
        participant.Object("member").SetText("display", in3[21]);
    }

    // PRT-6 CWE[PractitionerRole] CWE.1 CWE.2 CWE.3 CWE.4 CWE.5 CWE.6 CWE.9 CWE.10 CWE.11 CWE.12
    private static FhirNode Role(SegmentValue prt, FhirNode practitioner, FhirNode organization)
    {
        var resources = prt.Mapping.Resources;
        var role = resources.BeginMentioned("PractitionerRole");
        role.Refer("practitioner", practitioner);
        role.Refer("organization", organization);
        role.AddConcepts("code", prt[6]);
        return resources.ShareOnce(role, resources.Key("PractitionerRole").Add(practitioner.Utf8Of("id")).Add("type").Add(prt[6].First[1]).Add(prt[6].First[2]));
    }

    private static FhirNode Organization(FieldValue field, FieldValue unit)
    {
        var organization = Xon.ToOrganization(field);
        if (organization.Exists && unit.HasValue) organization.AddConcepts("type", unit, TableMaps.ParticipantOrganizationUnitType);
        return organization;
    }

    private static FhirNode Participant(FhirNode team, FieldValue role, FhirNode member, FieldValue begin, FieldValue end)
    {
        var participant = team.Item("participant");
        participant.AddConcepts("role", role, TableMaps.ProviderRole);
        participant.Refer("member", member);
        participant.Object("period").SetDateTime("start", begin);
        participant.Object("period").SetDateTime("end", end);
        return participant;
    }

    // HL7 tables 0287 and 0206.
    private static bool IsDeleted(FhirNode team, SegmentValue segment, FhirNode member)
    {
        if (!segment[2].First.IsOneOf("DE"u8, "D"u8)) return false;
        segment.Mapping.Resources.Of(team.Keep()).Delete($"participant:{member.Name}/{member.TextOf("id")}");
        return true;
    }
}
