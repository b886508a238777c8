using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.PatientCare;

/// <summary>ROL[CareTeam]: who has to do with a problem, goal or pathway. One team for each of these, a participant for each ROL.</summary>
internal static class RolCareTeam
{
    /// <param name="about">Condition, Goal or CarePlan.</param>
    /// <param name="team">The team of it up to now, or no node.</param>
    /// <returns>The team.</returns>
    public static FhirNode Map(SegmentValue rol, FhirNode about, FhirNode team)
    {
        if (!about.Exists || !rol[4].HasValue) return team;
        var mapping = rol.Mapping;
        if (!team.Exists)
        {
            team = mapping.Resources.Begin("CareTeam", SharingCategory.ClinicalNotesAndSummaries, WriteMode.Merge);
            mapping.Resources.Own(team, mapping.Resources.Key("CareTeam").Add(about.TextOf("id")!));
            team.Constant("status", "active");
            mapping.ReferToSubject(team, "subject");
            team.Refer("encounter", mapping.Encounter);
            if (about.Name == "Condition") team.ReferItem("reasonReference", about);
            if (about.Name == "CarePlan") about.ReferItem("careTeam", team.Keep());
            if (about.Name == "Goal") GolGoal.Pertain(team, about);
        }

        rol[2].Drop(DropRule.SegmentAction);
        foreach (var person in rol[4]) // ROL-4 XCN[Practitioner]
        {
            var practitioner = Xcn.ToPractitioner(person, rol[11], rol[12]);
            if (!practitioner.Populated) continue;
            var participant = team.Item("participant");
            participant.AddConcepts("role", rol[3], TableMaps.ProviderRole); // ROL-3 participant.role[1]
            participant.AddConcepts("role", rol[9]); // ROL-9 participant.role[2]
            participant.Refer("member", practitioner); // ROL-4 participant.member(Practitioner[1])
            participant.Refer("onBehalfOf", Xon.ToOrganization(rol[14])); // ROL-10 IF ROL-4 VALUED
            participant.Object("period").SetDateTime("start", rol[5]); // ROL-5 participant.period.start
            participant.Object("period").SetDateTime("end", rol[6]); // ROL-6 participant.period.end
        }

        team.AddConcepts("reasonCode", rol[8]); // ROL-8 reasonCode
        return team;
    }
}
