using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>PV1-53 and PV1-54: the episode that a visit is part of.</summary>
public sealed class EpisodeTests
{
    private const string Diagnosis = "DG1|1||I63.9^Stroke^I10|||A";

    [Fact]
    public void Visits_of_one_episode_number_are_of_one_episode()
    {
        var first = Translate("A01", Pid, Visit("V0001"));
        var second = Translate("A01", Pid, Visit("V0002"));

        Assert.Equal(first.Only("EpisodeOfCare").Id, second.Only("EpisodeOfCare").Id);
        Assert.NotEqual(first.Only("Encounter").Id, second.Only("Encounter").Id);
        Assert.Equal($"EpisodeOfCare/{first.Only("EpisodeOfCare").Id}", first.Only("Encounter").Read().At("episodeOfCare/0/reference"));
    }

    [Fact]
    public void A_diagnosis_of_the_visit_is_one_of_the_episode()
    {
        var message = Translate("A01", Pid, Visit("V0001"), Diagnosis);

        Assert.Equal($"Condition/{message.Only("Condition").Id}", message.Only("EpisodeOfCare").Read().At("diagnosis/0/condition/reference"));
    }

    [Fact]
    public void A_diagnosis_that_is_withdrawn_goes_from_the_episode_of_the_record()
    {
        var message = Translate("A08", Pid, Visit("V0001"), Diagnosis + "|||||||||||||||D");

        Assert.Equal($"diagnosis:Condition/{message.Only("Condition").Id}", Assert.Single(message.Only("EpisodeOfCare").DeletedElements));
        Assert.Null(message.Only("EpisodeOfCare").Read().At("diagnosis"));
    }

    private static string Visit(string number) => Pv1(visit: $"{number}^^^HOSPITAL") + "|||||||||Rehabilitation|EP0001^^^HOSPITAL";
}
