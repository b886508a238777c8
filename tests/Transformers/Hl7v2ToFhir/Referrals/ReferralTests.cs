using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Merging;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Referrals;

/// <summary>The life of a referral through REF and RRI.</summary>
public class ReferralTests
{
    private const string Referring = "PRD|RP^Referring provider^HL70286|TESTDOCTOR^ONE|||||M1^MCHK|||Test Clinic^L^88";
    private const string ReferredTo = "PRD|RT^Referred to provider^HL70286|TESTDOCTOR^TWO|||||M2^MCHK";

    private static string Rf1(string status = "", string priority = "") => $"RF1|{status}|{priority}|MED^Medical^HL70281|WR^Send written report^HL70282|O|RF1^CLINIC|20261118|20270218||S^Second opinion^HL70336";

    private static Translation Send(string type, params ReadOnlySpan<string> segments) => AdtMessage.Translate(type, segments);

    private static TranslatedResource Referral(Translation message) => message.Resources.First(resource => resource.Type == "ServiceRequest");

    private static string Role(Translation message, int place) => $"PractitionerRole/{message.Entry("PractitionerRole", place).Id}";

    private static string? StatusAfter(Translation first, Translation then) =>
        ResourceMerge.Merge(Referral(first).Json, Referral(then).Json, Referral(then).DeletedElements).Read().At("status");

    [Fact]
    public void EveryEventOfOneReferralIsAboutTheSameResource()
    {
        var sent = Referral(Send("REF^I12^REF_I12", Rf1(), Referring, AdtMessage.Pid));
        Assert.Equal(SharingCategory.Referrals, sent.Category);
        Assert.Equal(sent.Id, Referral(Send("REF^I13^REF_I12", Rf1(), Referring, AdtMessage.Pid)).Id);
        Assert.Equal(sent.Id, Referral(Send("RRI^I12^RRI_I12", "MSA|AA|M1", Rf1("A"), Referring, AdtMessage.Pid)).Id);
    }

    [Theory]
    [InlineData("REF^I12", "", "active")]
    [InlineData("REF^I12", "R^Rejected^HL70283", "revoked")]
    [InlineData("REF^I12", "E", "revoked")]
    [InlineData("REF^I14", "A", "revoked")]
    [InlineData("RRI^I15", "A", "active")]
    public void EventAndStatusSayHowItStands(string type, string status, string expected) =>
        Assert.Equal(expected, Referral(Send(type, Rf1(status), Referring, AdtMessage.Pid)).Read().At("status"));

    [Fact]
    public void AQuestionAboutTheStatusChangesNothing()
    {
        var cancelled = Send("REF^I14", Rf1(), Referring, AdtMessage.Pid);
        Assert.Equal("revoked", StatusAfter(cancelled, Send("REF^I15", Rf1(), Referring, AdtMessage.Pid)));
        Assert.Equal("active", StatusAfter(cancelled, Send("RRI^I15", "MSA|AA|M1", Rf1("A"), Referring, AdtMessage.Pid)));
    }

    [Fact]
    public void TheStatusAsSentStandsBesideTheOneOfFhir() =>
        Assert.Equal("P", Referral(Send("REF^I12", Rf1("P^Pending^HL70283"), Referring, AdtMessage.Pid)).Read().At("_status/extension/0/valueCodeableConcept/coding/0/code"));

    [Fact]
    public void OfTwoWhoReferTheFirstIsTheRequester()
    {
        var message = Send("REF^I12", Rf1(), Referring, "PRD|RP|TESTDOCTOR^THREE|||||M3^MCHK", AdtMessage.Pid);
        var referral = Referral(message).Read();
        Assert.Equal(Role(message, 0), referral.At("requester/reference"));
        Assert.Equal(Role(message, 1), referral.At("supportingInfo/0/reference"));
        Assert.Equal(1, referral.GetProperty("requester").EnumerateObject().Count(member => member.Name == "reference"));
    }

    [Fact]
    public void WhoRefersAndToWhomAreToldApart()
    {
        var message = Send("REF^I12", Rf1(), Referring, ReferredTo, "CTD|NUR^Nurse|TESTNURSE^THREE", AdtMessage.Pid);
        var referral = Referral(message).Read();
        Assert.Equal(Role(message, 0), referral.At("requester/reference"));
        Assert.Equal(Role(message, 1), referral.At("performer/0/reference"));
        Assert.Equal(Role(message, 2), referral.At("supportingInfo/0/reference"));
    }

    [Fact]
    public void ReasonsAndResultsGoWithIt()
    {
        var message = Send("REF^I12", Rf1(), Referring, AdtMessage.Pid, "DG1|1||I20.9^Angina^I10", "PR1|1||ECG^Electrocardiogram^99PRC", "OBR|1||L1^LAB|2157-6^Creatine kinase^LN|||20261110080000", "OBX|1|NM|2157-6^Creatine kinase^LN||150|U/L|||||F", "NTE|1||of the result", "PV1|1|O|||||||||||||||||V1", "NTE|1||of the referral");
        var referral = Referral(message).Read();
        Assert.Equal($"Condition/{message.Only("Condition").Id}", referral.At("reasonReference/0/reference"));
        Assert.Equal($"Procedure/{message.Only("Procedure").Id}", referral.At("supportingInfo/0/reference"));
        Assert.Equal($"DiagnosticReport/{message.Only("DiagnosticReport").Id}", referral.At("supportingInfo/1/reference"));
        Assert.Equal("of the result", message.Only("Observation").Read().At("note/0/text"));
        Assert.Equal("of the referral", referral.At("note/0/text"));
    }

    [Fact]
    public void AnAuthorisationIsAPreauthorizationThatTheReferralNames()
    {
        var message = Send("REF^I12", Rf1(), "AUT|P1|I1^Test Insurer|Test Insurer Ltd|20261118|20270218|A1^INS|5000.50&HKD||2", Referring, AdtMessage.Pid);
        var authorisation = message.Only("ClaimResponse").Read();
        Assert.Equal($"ClaimResponse/{message.Only("ClaimResponse").Id}", Referral(message).Read().At("insurance/0/reference"));
        Assert.Equal("A1", authorisation.At("preAuthRef"));
        Assert.Equal("5000.50", authorisation.At("adjudication/0/amount/value"));
        Assert.Equal("2", authorisation.At("adjudication/1/value"));
    }

    [Fact]
    public void AnAnswerSaysWhichMessageItIsFor() =>
        Assert.Equal("M1", Send("RRI^I12", "MSA|AA|M1", Rf1("A"), Referring, AdtMessage.Pid).Only("MessageHeader").Read().At("response/identifier"));

    [Theory]
    [InlineData("S^Stat^HL70280", "stat")]
    [InlineData("R", "routine")]
    public void ThePriorityIsThatOfFhir(string priority, string expected) =>
        Assert.Equal(expected, Referral(Send("REF^I12", Rf1(priority: priority), Referring, AdtMessage.Pid)).Read().At("priority"));
}
