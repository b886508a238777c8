using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// ROL[CareTeam], PRT[CareTeam] and IN3[CareTeam] where they stand behind PID or IN1: those who care for the patient, the general
/// practitioner aside. A patient has one such team at each source.
/// </summary>
internal static class PatientCareTeam
{
    /// <param name="segment">ROL or PRT.</param>
    public static void Map(SegmentValue segment)
    {
        var persons = segment.Name == "ROL" ? segment[4] : segment[5];
        var organization = segment.Name == "ROL" ? segment[14] : segment[8];
        if (!persons.HasValue && !organization.HasValue) return;
        var team = Team(segment.Mapping);
        if (!team.Exists) return;
        if (segment.Name == "ROL") CareTeamParticipants.AddRole(team, segment);
        else CareTeamParticipants.AddParticipation(team, segment);
    }

    /// <summary>IN3-21.</summary>
    public static void CaseManager(SegmentValue in3)
    {
        if (in3[21].First.Leaf >= 0 && Team(in3.Mapping) is { Exists: true } team) CareTeamParticipants.AddCaseManager(team, in3);
    }

    private static FhirNode Team(Mapping mapping)
    {
        if (!mapping.Patient.Exists) return default;
        var team = mapping.Resources.Begin("CareTeam", SharingCategory.EncountersAndAppointments, WriteMode.Merge);
        team.Constant("status", "active");
        mapping.ReferToSubject(team, "subject");
        return mapping.Resources.ShareOnce(team, mapping.Resources.Key("CareTeam").Add(mapping.Patient.Utf8Of("id")));
    }
}
