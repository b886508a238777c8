using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>ROL and PRT behind PID, and IN3: those who care for the patient.</summary>
public sealed class CareTeamTests
{
    [Fact]
    public void The_general_practitioner_is_the_patients_and_others_are_of_his_team()
    {
        var message = Translate("A08", Pid, "PRT|1|AD||PP^^HL70443|D1^TESTDOCTOR^ONE", "PRT|2|AD||CP^^HL70443|D2^TESTDOCTOR^TWO", "ROL|3|AD|AT^^HL70443|D3^TESTDOCTOR^THREE");

        var participants = message.Only("CareTeam").Read().GetProperty("participant");
        Assert.Equal(["CP", "AT"], participants.EnumerateArray().Select(participant => participant.At("role/0/coding/1/code")));
        Assert.NotNull(message.Only("Patient").Read().At("generalPractitioner/0/reference"));
        Assert.Null(message.Only("Patient").Read().At("generalPractitioner/1"));
    }

    [Fact]
    public void An_organization_alone_is_the_member()
    {
        var message = Translate("A08", Pid, "PRT|1|AD||CP^^HL70443||||DAY CENTRE^^C8");

        Assert.StartsWith("Organization/", message.Only("CareTeam").Read().At("participant/0/member/reference"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_type_makes_the_member_a_role()
    {
        var message = Translate("A08", Pid, "PRT|1|AD||CP^^HL70443|D2^TESTDOCTOR^TWO|NUR^Nurse^99KIND||CLINIC^^C1");

        Assert.Equal($"PractitionerRole/{message.Only("PractitionerRole").Id}", message.Only("CareTeam").Read().At("participant/0/member/reference"));
        Assert.Null(message.Only("CareTeam").Read().At("participant/0/onBehalfOf"));
        Assert.Equal("NUR", message.Only("PractitionerRole").Read().At("code/0/coding/0/code"));
    }

    [Fact]
    public void Who_is_deleted_goes_from_the_team_of_the_record()
    {
        var message = Translate("A08", Pid, "PRT|1|DE||CP^^HL70443|D2^TESTDOCTOR^TWO");

        var team = message.Only("CareTeam");
        Assert.Null(team.Read().At("participant"));
        Assert.Equal($"participant:Practitioner/{message.Only("Practitioner").Id}", Assert.Single(team.DeletedElements));
    }

    [Fact]
    public void A_deleted_general_practitioner_is_not_told_again() =>
        Assert.Null(Translate("A08", Pid, "PRT|1|DE||PP^^HL70443|D1^TESTDOCTOR^ONE").Only("Patient").Read().At("generalPractitioner"));

    [Fact]
    public void The_case_manager_of_the_insurer_has_a_name_only()
    {
        var team = Translate("A08", Pid, "IN1|1|P1|C1|SYNTHETIC INSURANCE LTD", "IN3|1||||||||||||||||||||MANAGER OF CASES").Only("CareTeam").Read();

        Assert.Equal("MANAGER OF CASES", team.At("participant/0/member/display"));
        Assert.Equal("768832004", team.At("participant/0/role/0/coding/0/code"));
    }
}
