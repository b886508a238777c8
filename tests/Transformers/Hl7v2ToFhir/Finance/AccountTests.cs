using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Finance;

/// <summary>What BAR and DFT events do to an account.</summary>
public sealed class AccountTests
{
    private const string Account = Pid + "||||||||||ACC1^^^HOSPITAL";
    private const string Insurance = "IN1|1|PLAN1|INS1^^^INSURERS|SYNTHETIC INSURANCE LTD||||||||20260101|||||SEL^Self^HL70063|||||2";

    [Theory]
    [InlineData("BAR^P01", "active", WriteMode.Merge)]
    [InlineData("BAR^P05", "unknown", WriteMode.Merge)]
    [InlineData("BAR^P06", "inactive", WriteMode.Merge)]
    [InlineData("BAR^P10", "unknown", WriteMode.Merge)]
    [InlineData("BAR^P12", "unknown", WriteMode.Merge)]
    [InlineData("DFT^P03", "active", WriteMode.CreateIfAbsent)]
    [InlineData("DFT^P11", "active", WriteMode.CreateIfAbsent)]
    public void The_event_says_the_status(string type, string status, WriteMode mode)
    {
        var account = Translate(type, "EVN||20261121090000", Account, Pv1()).Only("Account");

        Assert.Equal(status, account.Read().At("status"));
        Assert.Equal(mode, account.Mode);
        Assert.Equal("ACC1", account.Read().At("identifier/0/value"));
        Assert.Equal($"Patient/{Subject}", account.Read().At("subject/0/reference"));
    }

    [Fact]
    public void One_account_has_one_id_through_all_its_events()
    {
        var ids = new[] { "BAR^P01", "BAR^P05", "BAR^P06", "BAR^P12", "DFT^P03" }.Select(type => Translate(type, Account).Only("Account").Id).Distinct();

        Assert.Single(ids);
        Assert.NotEqual(ids.Single(), Translate("BAR^P01", Pid + "||||||||||ACC2^^^HOSPITAL").Only("Account").Id);
        Assert.NotEqual(ids.Single(), Translate("BAR^P01", Pid + "||||||||||ACC1^^^OTHER").Only("Account").Id);
    }

    [Fact]
    public void Ending_an_account_keeps_when_it_began()
    {
        var opened = Translate("BAR^P01", "EVN||20261120093000", Account, Pv1()).Only("Account");
        var ended = Translate("BAR^P06", "EVN||20261130090000||||20261129170000", Account).Only("Account");

        var merged = ResourceMerge.Merge(opened.Json, ended.Json, ended.DeletedElements).Read();

        Assert.Equal("inactive", merged.At("status"));
        Assert.Equal("2026-11-20T10:15:00+08:00", merged.At("servicePeriod/start"));
        Assert.Equal("2026-11-29T17:00:00+08:00", merged.At("servicePeriod/end"));
    }

    [Fact]
    public void An_update_does_not_open_an_ended_account_again()
    {
        var ended = Translate("BAR^P06", "EVN||20261130090000", Account).Only("Account");
        var updated = Translate("BAR^P05", Account, Insurance).Only("Account");

        var merged = ResourceMerge.Merge(ended.Json, updated.Json, updated.DeletedElements).Read();

        Assert.Equal("inactive", merged.At("status"));
        Assert.Equal("2", merged.At("coverage/0/priority"));
    }

    [Fact]
    public void Coding_after_discharge_leaves_the_visit_finished()
    {
        var discharged = Translate("A03", Pid, Pv1(discharged: "20261122120000")).Only("Encounter");
        var coded = Translate("BAR^P12", Pid, Pv1(), "DG1|1||I21.4^Infarction^I10|||F").Only("Encounter");

        var merged = ResourceMerge.Merge(discharged.Json, coded.Json, coded.DeletedElements).Read();

        Assert.Equal("finished", merged.At("status"));
        Assert.StartsWith("Condition/", merged.At("diagnosis/0/condition/reference"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GT1|1||TESTPATIENT^BETA||||||||SPO^Spouse^HL70063", "RelatedPerson/")]
    [InlineData("GT1|1||TESTPATIENT^ALPHA||||||||SEL^Self^HL70063", "Patient/" + Subject)]
    [InlineData("GT1|1||||||||||||||||||||SYNTHETIC TRADING LTD", "Organization/")]
    public void A_guarantor_is_a_person_the_patient_or_a_company(string gt1, string party)
    {
        var account = Translate("BAR^P01", Account, gt1).Only("Account").Read();

        Assert.StartsWith(party, account.At("guarantor/0/party/reference"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_account_number_there_is_no_account()
    {
        var translation = Translate("BAR^P01", Pid, Insurance);

        Assert.DoesNotContain(translation.Resources, resource => resource.Type == "Account");
        Assert.Contains(translation.Resources, resource => resource.Type == "Coverage");
    }

    [Fact]
    public void A_purge_takes_back_the_accounts_of_each_patient()
    {
        var translation = Translate("BAR^P02", Account, Pv1(), Account.Replace("MRN0001", "MRN0002", StringComparison.Ordinal).Replace("ACC1", "ACC2", StringComparison.Ordinal));
        var accounts = translation.Resources.Where(resource => resource.Type == "Account").ToList();

        Assert.Equal(["ACC1", "ACC2"], accounts.Select(account => account.Read().At("identifier/0/value")));
        Assert.All(accounts, account => Assert.Equal("entered-in-error", account.Index.Status));
        Assert.DoesNotContain(translation.Resources, resource => resource.Type == "Encounter");
    }
}
