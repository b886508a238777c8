using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>What MRG does to patients, accounts and visits.</summary>
public sealed class MergeAndMoveTests
{
    private const string WithAccount = Pid + "||||||||||ACC0001^^^HOSPITAL^AN";

    [Theory]
    [InlineData("A18")]
    [InlineData("A30")]
    [InlineData("A34")]
    [InlineData("A36")]
    [InlineData("A39")]
    [InlineData("A40")]
    [InlineData("A43")]
    [InlineData("A46")]
    [InlineData("A47")]
    public void A_prior_patient_number_is_retired(string trigger)
    {
        var patients = Translate(trigger, Pid, "MRG|MRN0003^^^HOSPITAL^MR").Resources.Where(resource => resource.Type == "Patient").ToList();

        Assert.Equal(2, patients.Count);
        Assert.Equal("false", patients[1].Read().At("active"));
        Assert.Equal("replaces", patients[0].Read().At("link/1/type"));
        Assert.Equal("replaced-by", patients[1].Read().At("link/0/type"));
    }

    [Fact]
    public void A_number_that_stays_with_the_patient_retires_nobody()
    {
        var patients = Translate("A40", Pid, "MRG|A123456(3)^^^HKID^NI~MRN0003^^^HOSPITAL^MR").Resources.Where(resource => resource.Type == "Patient").Select(patient => patient.Read()).ToList();

        Assert.Equal(2, patients.Count);
        Assert.Equal(("MRN0003", null), (patients[1].At("identifier/0/value"), patients[1].At("identifier/1")));
    }

    [Fact]
    public void A_changed_number_stays_with_the_patient_as_an_old_one()
    {
        var patient = Translate("A47", Pid, "MRG|MRN0003^^^HOSPITAL^MR").Resources.First(resource => resource.Type == "Patient").Read();
        Assert.Equal(("old", "MRN0003"), (patient.At("identifier/2/use"), patient.At("identifier/2/value")));
    }

    [Fact]
    public void The_MRG_of_an_account_or_a_visit_retires_no_patient()
    {
        foreach (var trigger in new[] { "A35", "A41", "A42", "A44", "A45", "A49", "A50", "A51" })
            Assert.Single(Translate(trigger, WithAccount, "MRG|MRN0003^^^HOSPITAL^MR||ACC0003^^^HOSPITAL^AN||V0003^^^HOSPITAL^VN", Pv1()).Resources, resource => resource.Type == "Patient");
    }

    [Theory]
    [InlineData("A35")]
    [InlineData("A36")]
    [InlineData("A41")]
    [InlineData("A49")]
    public void A_prior_account_is_closed_as_part_of_the_one_that_stays(string trigger)
    {
        var accounts = Translate(trigger, WithAccount, "MRG|MRN0003^^^HOSPITAL^MR||ACC0003^^^HOSPITAL^AN").Resources.Where(resource => resource.Type == "Account").ToList();

        Assert.Equal(["active", "inactive"], accounts.Select(account => account.Read().At("status")));
        Assert.Equal($"Account/{accounts[0].Id}", accounts[1].Read().At("partOf/reference"));
        Assert.Equal(("old", "ACC0003"), (accounts[0].Read().At("identifier/1/use"), accounts[0].Read().At("identifier/1/value")));
        Assert.Equal(WriteMode.Merge, accounts[0].Mode);
    }

    [Theory]
    [InlineData("A42")]
    [InlineData("A50")]
    public void A_prior_visit_is_part_of_the_one_that_stays_and_keeps_its_class(string trigger)
    {
        var encounters = Translate(trigger, Pid, "MRG|MRN0001^^^HOSPITAL^MR||||V0003^^^HOSPITAL^VN", Pv1()).Resources.Where(resource => resource.Type == "Encounter").ToList();

        Assert.Equal(["unknown", "entered-in-error"], encounters.Select(encounter => encounter.Read().At("status")));
        Assert.Equal($"Encounter/{encounters[0].Id}", encounters[1].Read().At("partOf/reference"));
        Assert.Equal("V0003", encounters[0].Read().At("identifier/1/value"));

        var admitted = Translate("A01", Pid, Pv1(visit: "V0003^^^HOSPITAL^VN")).Only("Encounter");
        Assert.Equal(admitted.Id, encounters[1].Id);
        var merged = ResourceMerge.Merge(admitted.Json, encounters[1].Json, encounters[1].DeletedElements).Read();
        Assert.Equal(("IMP", "entered-in-error"), (merged.At("class/code"), merged.At("status")));
    }

    [Fact]
    public void A_visit_that_moves_to_another_citizen_is_an_error_at_the_first()
    {
        var before = Translate([new(Other)], "A01", OtherPid, Pv1()).Only("Encounter");
        var encounters = Translate([new(Subject, Other)], "A45", Pid, "MRG|MRN0002^^^HOSPITAL^MR||||V0001^^^HOSPITAL^VN", Pv1())
            .Resources.Where(resource => resource.Type == "Encounter").ToList();

        Assert.Equal([Subject, Other], encounters.Select(encounter => encounter.SubjectId));
        Assert.Equal(before.Id, encounters[1].Id);
        Assert.Equal("entered-in-error", encounters[1].Read().At("status"));
        Assert.Equal($"Patient/{Other}", encounters[1].Read().At("subject/reference"));
        Assert.Equal($"Patient/{Subject}", encounters[0].Read().At("subject/reference"));
    }

    [Fact]
    public void An_account_that_moves_to_another_citizen_is_an_error_at_the_first()
    {
        var accounts = Translate([new(Subject, Other)], "A44", WithAccount, "MRG|MRN0002^^^HOSPITAL^MR||ACC0001^^^HOSPITAL^AN")
            .Resources.Where(resource => resource.Type == "Account").ToList();

        Assert.Equal([(Subject, "active"), (Other, "entered-in-error")], accounts.Select(account => (account.SubjectId!, account.Read().At("status")!)));
    }

    [Fact]
    public void A_visit_that_moves_within_one_citizen_stays_the_same_Encounter()
    {
        var encounter = Translate([new(Subject, Subject)], "A45", Pid, "MRG|MRN0003^^^HOSPITAL^MR||||V0001^^^HOSPITAL^VN", Pv1()).Only("Encounter");
        Assert.Equal(Translate("A01", Pid, Pv1()).Only("Encounter").Id, encounter.Id);
    }

    [Fact]
    public void A_changed_alternate_visit_number_leaves_the_visit_as_it_is()
    {
        var encounter = Translate("A51", Pid, "MRG|||||| ALT1^^^HOSPITAL^XX".Replace(" ", "", StringComparison.Ordinal), Pv1() + "||||||ALT2^^^HOSPITAL^XX").Only("Encounter").Read();
        Assert.Equal(["V0001", "ALT2", "ALT1"], encounter.GetProperty("identifier").EnumerateArray().Select(identifier => identifier.At("value")));
    }
}
