using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Answers;

/// <summary>RSP_K21 to K24 and ADR_A19: what another system answers about patients.</summary>
public sealed class PatientAnswerTests
{
    private static readonly string[] Query = ["MSA|AA|HUB-7", "QAK|Q1|OK|IHE PDQ Query", "QPD|IHE PDQ Query|Q1|@PID.5.1^TESTPATIENT"];

    [Theory]
    [InlineData("RSP^K21")]
    [InlineData("RSP^K22")]
    [InlineData("RSP^K23")]
    [InlineData("RSP^K24")]
    [InlineData("ADR^A19")]
    public void An_answer_tells_of_the_patient(string type)
    {
        var message = Translate(type, [.. Query, Pid]);

        Assert.Equal("1970-01-02", message.Only("Patient").Read().At("birthDate"));
        Assert.Equal("HUB-7", message.Only("MessageHeader").Read().At("response/identifier"));
    }

    [Fact]
    public void Each_candidate_is_a_patient_of_his_own()
    {
        var message = Translate([new(Subject), new(Other)], "RSP^K22", [.. Query, Pid, "NK1|1|TESTPATIENT^GAMMA|SPO", OtherPid]);

        Assert.Equal(2, message.Resources.Count(resource => resource.Type == "Patient"));
        Assert.Equal($"Patient/{Subject}", message.Only("RelatedPerson").Read().At("patient/reference"));
    }

    [Fact]
    public void The_visit_of_the_patient_is_told_with_him() => Assert.Equal("in-progress", Translate("ADR^A19", [.. Query, Pid, Pv1()]).Only("Encounter").Read().At("status"));
}
