using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.PatientCare;

/// <summary>ROL[CareTeam]: who has to do with a problem, goal or pathway. One team for each of these, a participant for each ROL.</summary>
internal static class RolCareTeam
{
    /// <param name="about">Condition, Goal or CarePlan.</param>
    /// <param name="team">The team of it up to now, or no node.</param>
    /// <returns>The team.</returns>
    public static FhirNode Map(SegmentValue rol, FhirNode about, FhirNode team)
    {
        if (!about.Exists || (!rol[4].HasValue && !rol[14].HasValue)) return team;
        var mapping = rol.Mapping;
        if (!team.Exists)
        {
            team = mapping.Resources.Begin("CareTeam", SharingCategory.ClinicalNotesAndSummaries, WriteMode.Merge);
            mapping.Resources.Own(team, mapping.Resources.Key("CareTeam").Add(about.Utf8Of("id")));
            team.Constant("status", "active");
            mapping.ReferToSubject(team, "subject");
            team.Refer("encounter", mapping.Encounter);
            if (about.Name == "Condition") team.ReferItem("reasonReference", about);
            if (about.Name == "CarePlan") about.ReferItem("careTeam", team.Keep());
            if (about.Name == "Goal") GolGoal.Pertain(team, about);
        }

        CareTeamParticipants.AddRole(team, rol);
        return team;
    }
}
