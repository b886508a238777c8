using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.PatientCare;

/// <summary>The life of problems, goals and pathways through PPR, PGL and PPP.</summary>
public class ProblemTests
{
    private static string Prb(string action = "AD", string number = "P1^EHR", string confirmation = "", string lifecycle = "", string resolved = "") =>
        $"PRB|{action}|20261118|E11^Type 2 diabetes mellitus^I10|{number}|||20250301||{resolved}||||{confirmation}|{lifecycle}";

    private static string Gol(string action = "AD", string lifecycle = "") => $"GOL|{action}|20261118|HBA1C7^HbA1c below 7^99GOL|G1^EHR|||20261118|20270518||||||||||{lifecycle}";

    private static Translation Send(string type, params ReadOnlySpan<string> segments) => AdtMessage.Translate(type, [AdtMessage.Pid, .. segments]);

    private static JsonElement After(Translation first, Translation then, string type)
    {
        var (record, update) = (first.Only(type), then.Only(type));
        Assert.Equal(record.Id, update.Id);
        return ResourceMerge.Merge(record.Json, update.Json, update.DeletedElements).Read();
    }

    [Fact]
    public void AProblemThatIsAddedIsActiveOnTheProblemList()
    {
        var problem = Send("PPR^PC1", Prb()).Only("Condition").Read();
        Assert.Equal("active", problem.At("clinicalStatus/coding/0/code"));
        Assert.Equal("problem-list-item", problem.At("category/0/coding/0/code"));
    }

    [Fact]
    public void AnUpdateThatSaysNoStatusLeavesTheOneOfTheRecord()
    {
        var resolved = Send("PPR^PC1", Prb(lifecycle: "RESOLVED^Resolved", resolved: "20261101"));
        Assert.Equal("resolved", After(resolved, Send("PPR^PC2", Prb("UP")), "Condition").At("clinicalStatus/coding/0/code"));
    }

    [Theory]
    [InlineData("I^Inactive^99LCS", "", "inactive")]
    [InlineData("RELAPSE", "", "relapse")]
    [InlineData("ACTIVE", "20261101", "resolved")]
    public void TheLifeCycleSaysTheClinicalStatus(string lifecycle, string resolved, string expected) =>
        Assert.Equal(expected, Send("PPR^PC2", Prb("UP", lifecycle: lifecycle, resolved: resolved)).Only("Condition").Read().At("clinicalStatus/coding/0/code"));

    [Theory]
    [InlineData("C^Confirmed", "confirmed")]
    [InlineData("DIFFERENTIAL", "differential")]
    public void TheConfirmationSaysTheVerificationStatus(string confirmation, string expected) =>
        Assert.Equal(expected, Send("PPR^PC1", Prb(confirmation: confirmation)).Only("Condition").Read().At("verificationStatus/coding/0/code"));

    [Fact]
    public void ADeletedProblemWasEnteredInErrorAndHasNoClinicalStatus()
    {
        var problem = After(Send("PPR^PC1", Prb()), Send("PPR^PC3", Prb("DE")), "Condition");
        Assert.Equal("entered-in-error", problem.At("verificationStatus/coding/0/code"));
        Assert.Null(problem.At("clinicalStatus"));
    }

    [Theory]
    [InlineData("PPR^PC1", true)]
    [InlineData("PGL^PC6", false)]
    public void ProblemAndGoalNameEachOther(string type, bool problemFirst)
    {
        var message = problemFirst ? Send(type, Prb(), Gol()) : Send(type, Gol(), Prb("LI"));
        Assert.Equal($"Condition/{message.Only("Condition").Id}", message.Only("Goal").Read().At("addresses/0/reference"));
        Assert.Equal($"Goal/{message.Only("Goal").Id}", message.Only("Condition").Read().GetProperty("extension").EnumerateArray().Last().At("valueReference/reference"));
    }

    [Fact]
    public void AGoalOfTwoProblemsKeepsBothAndAnUnlinkedOneGoes()
    {
        var first = Send("PPR^PC1", Prb(), Gol());
        var second = Send("PPR^PC1", Prb(number: "P2^EHR"), Gol("LI"));
        var both = ResourceMerge.Merge(first.Only("Goal").Json, second.Only("Goal").Json, second.Only("Goal").DeletedElements);
        Assert.Equal(2, both.Read().GetProperty("addresses").GetArrayLength());
        var unlinked = Send("PPR^PC2", Prb("UC"), Gol("UN")).Only("Goal");
        var one = Assert.Single(ResourceMerge.Merge(both, unlinked.Json, unlinked.DeletedElements).Read().GetProperty("addresses").EnumerateArray());
        Assert.Equal($"Condition/{second.Only("Condition").Id}", one.At("reference"));
    }

    [Fact]
    public void AGoalThatSaysNoStatusLeavesTheOneOfTheRecord()
    {
        var done = Send("PGL^PC6", Gol(lifecycle: "COMPLETED"));
        Assert.Equal("completed", After(done, Send("PGL^PC7", Gol("UP")), "Goal").At("lifecycleStatus"));
        Assert.Equal("entered-in-error", After(done, Send("PGL^PC8", Gol("DE")), "Goal").At("lifecycleStatus"));
    }

    [Fact]
    public void OrdersNameTheProblemAndTheGoalThatTheyAreFor()
    {
        const string Order = "ORC|NW|O1^EHR";
        var byProblem = Send("PPR^PC1", Prb(), Order, "OBR|1|O1^EHR||4548-4^HbA1c^LN");
        Assert.Equal($"Condition/{byProblem.Only("Condition").Id}", byProblem.Only("ServiceRequest").Read().At("reasonReference/0/reference"));
        var byGoal = Send("PGL^PC6", Gol(), Order, "OBR|1|O1^EHR||4548-4^HbA1c^LN");
        Assert.Equal($"Goal/{byGoal.Only("Goal").Id}", byGoal.Only("ServiceRequest").Read().At("extension/0/valueReference/reference"));
    }

    [Fact]
    public void APathwayHasItsProblemsGoalsAndOrders()
    {
        var message = Send("PPP^PCB", "PTH|AD|DMP^Diabetes pathway|T1^EHR|20261118|ACTIVE", Prb("LI"), Gol("LI"), "ORC|NW|O1^EHR", "OBR|1|O1^EHR||4548-4^HbA1c^LN");
        var plan = message.Only("CarePlan").Read();
        Assert.Equal($"Condition/{message.Only("Condition").Id}", plan.At("addresses/0/reference"));
        Assert.Equal($"Goal/{message.Only("Goal").Id}", plan.At("goal/0/reference"));
        Assert.Equal($"ServiceRequest/{message.Only("ServiceRequest").Id}", plan.At("activity/0/reference/reference"));
    }

    [Fact]
    public void AnObservationBehindAPathwayIsOfTheProblem()
    {
        var message = Send("PPR^PC1", Prb(), "PTH|AD|DMP^Diabetes pathway|T1^EHR", "OBX|1|NM|4548-4^HbA1c^LN||8.1|%|||||F");
        Assert.Equal($"Observation/{message.Only("Observation").Id}", message.Only("Condition").Read().At("evidence/0/detail/0/reference"));
    }

    [Fact]
    public void RolesMakeTheTeamOfTheProblem()
    {
        var message = Send("PPR^PC1", Prb(), "ROL||AD|AT^Attending^HL70443|D1^TESTDOCTOR^ONE", "ROL||AD|CP^Consulting^HL70443|D2^TESTDOCTOR^TWO");
        var team = message.Only("CareTeam").Read();
        Assert.Equal(2, team.GetProperty("participant").GetArrayLength());
        Assert.Equal($"Condition/{message.Only("Condition").Id}", team.At("reasonReference/0/reference"));
    }
}
