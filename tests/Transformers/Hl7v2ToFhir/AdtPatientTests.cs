using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>What ADT says about the patient beside the visit: merges, allergies, diagnoses, next of kin, insurance.</summary>
public sealed class AdtPatientTests
{
    [Fact]
    public void A_merge_links_both_patients_and_retires_the_prior_one()
    {
        var translation = Translate("A40", Pid, "MRG|MRN0009^^^HOSPITAL^MR||||||TESTPATIENT^ALFA");
        var survivor = translation.Resources.Single(resource => resource.Type == "Patient" && resource.Read().At("active") != "false");
        var prior = translation.Resources.Single(resource => resource.Type == "Patient" && resource.Read().At("active") == "false");

        Assert.Equal(Translate("A01", "PID|1||MRN0009^^^HOSPITAL^MR||TESTPATIENT^ALFA").Only("Patient").Id, prior.Id);
        Assert.Equal(Translate("A01", Pid).Only("Patient").Id, survivor.Id);
        Assert.Equal("replaced-by", prior.Read().At("link/0/type"));
        Assert.Equal($"Patient/{survivor.Id}", prior.Read().At("link/0/other/reference"));
        Assert.Equal("refer", survivor.Read().At("link/0/type"));
        Assert.Equal($"Patient/{Subject}", survivor.Read().At("link/0/other/reference"));
        Assert.Equal("replaces", survivor.Read().At("link/1/type"));
        Assert.Equal($"Patient/{prior.Id}", survivor.Read().At("link/1/other/reference"));
        Assert.Equal(WriteMode.Merge, prior.Mode);

        // A later update does not undo it.
        var update = Translate("A31", Pid).Only("Patient");
        var after = ResourceMerge.Merge(survivor.Json, update.Json, update.DeletedElements).Read();
        Assert.Equal("refer", after.At("link/0/type"));
        Assert.Equal("replaces", after.At("link/1/type"));
        Assert.Null(after.At("link/2"));
    }

    [Theory]
    [InlineData("NKA^No known allergies^99LOCAL", "716186003")]
    [InlineData("^No Known Drug Allergies", "409137002")]
    [InlineData("716186003^No known allergy^SCT", "716186003")]
    public void No_known_allergy_is_told_and_not_left_out(string said, string code)
    {
        var allergy = Translate("A01", Pid, Pv1(), $"AL1|1||{said}").Only("AllergyIntolerance").Read();

        Assert.Contains(allergy.GetProperty("code").GetProperty("coding").EnumerateArray(), coding => coding.At("code") == code && coding.At("system") == "http://snomed.info/sct");
        Assert.Equal("active", allergy.At("clinicalStatus/coding/0/code"));
        Assert.DoesNotContain(Translate("A01", Pid, Pv1()).Resources, resource => resource.Type == "AllergyIntolerance");
    }

    [Fact]
    public void The_same_allergy_in_AL1_and_IAM_is_one()
    {
        const string penicillin = "DA^Drug allergy^HL70127|70618^Penicillin^RXNORM|SV";
        var old = Translate("A01", Pid, Pv1(), $"AL1|1|{penicillin}|Rash~Hives").Only("AllergyIntolerance");
        var later = Translate("A31", Pid, $"IAM|1|{penicillin}||A|IAM1^HOSPITAL||||2012").Only("AllergyIntolerance");

        Assert.Equal(old.Id, later.Id);
        Assert.Equal("medication", old.Read().At("category/0"));
        Assert.Equal("severe", old.Read().At("reaction/0/severity"));
        Assert.Equal("Hives", old.Read().At("reaction/0/manifestation/1/text"));
        Assert.Null(old.Read().At("criticality"));
        Assert.Equal("high", later.Read().At("criticality"));
        Assert.Equal("2012", later.Read().At("onsetDateTime"));
    }

    [Fact]
    public void A_diagnosis_is_a_condition_of_the_visit_and_a_deleted_one_is_an_error()
    {
        var admitting = Translate("A01", Pid, Pv1(), "DG1|1||I20.0^Unstable angina^I10|||A|||||||||1");
        var final = Translate("A03", Pid, Pv1(), "DG1|1||I20.0^Unstable angina^I10|||F|||||||||1");
        var deleted = Translate("A08", Pid, Pv1(), "DG1|1||I20.0^Unstable angina^I10|||F|||||||||||||||D");
        var encounter = admitting.Only("Encounter").Read();

        Assert.Equal($"Condition/{admitting.Only("Condition").Id}", encounter.At("diagnosis/0/condition/reference"));
        Assert.Equal("AD", encounter.At("diagnosis/0/use/coding/0/code"));
        Assert.Equal("1", encounter.At("diagnosis/0/rank"));
        Assert.Equal(admitting.Only("Condition").Id, final.Only("Condition").Id);
        Assert.Equal(final.Only("Condition").Id, deleted.Only("Condition").Id);
        Assert.Equal("entered-in-error", deleted.Only("Condition").Read().At("verificationStatus/coding/0/code"));
        Assert.Null(deleted.Only("Encounter").Read().At("diagnosis"));
    }

    [Fact]
    public void Next_of_kin_is_a_contact_and_a_person_an_employer_is_a_contact_only()
    {
        var translation = Translate("A01", Pid, Pv1(), "NK1|1|TESTPATIENT^BETA|SPO", "NK1|2||EMR||||E||||||SYNTHETIC TRADING LTD", "NK1|3||FTH");

        Assert.Equal("SPS", translation.Only("RelatedPerson").Read().At("relationship/0/coding/0/code"));
        var patient = translation.Only("Patient").Read();
        Assert.Equal("BETA", patient.At("contact/0/name/given/0"));
        Assert.NotNull(patient.At("contact/1/organization/reference"));
        Assert.Null(patient.At("contact/2"));
        Assert.Contains(translation.Ledger.Rows(), row => row.Location is { Segment: "NK1", SegmentSequence: 3, Field: 3 } && row.Disposition == LedgerDisposition.Carried);
    }

    [Fact]
    public void Insurance_needs_a_payor()
    {
        var coverage = Translate("A01", Pid, Pv1(), "IN1|1|PLAN1|INS1^^^INSURERS|SYNTHETIC INSURANCE LTD||||||||20260101").Only("Coverage").Read();

        Assert.Equal("active", coverage.At("status"));
        Assert.Equal($"Patient/{Subject}", coverage.At("beneficiary/reference"));
        Assert.StartsWith("Organization/", coverage.At("payor/0/reference"), StringComparison.Ordinal);
        Assert.Equal("2026-01-01", coverage.At("period/start"));
        Assert.DoesNotContain(Translate("A01", Pid, Pv1(), "IN1|1|PLAN1").Resources, resource => resource.Type == "Coverage");
    }

    [Fact]
    public void A_procedure_lasts_as_long_as_it_says()
    {
        var procedure = Translate("A03", Pid, Pv1(), "PR1|1||36.06^Stent^I9C||202611212330||90").Only("Procedure").Read();

        Assert.Equal("completed", procedure.At("status"));
        Assert.Equal("2026-11-21T23:30:00+08:00", procedure.At("performedPeriod/start"));
        Assert.Equal("2026-11-22T01:00:00+08:00", procedure.At("performedPeriod/end"));
        Assert.Equal("2026-11-21", Translate("A03", Pid, Pv1(), "PR1|1||36.06^Stent^I9C||20261121||90").Only("Procedure").Read().At("performedDateTime"));
    }

    [Theory]
    [InlineData("A", "E", "entered-in-error", null, "IAM[1]-17[1].1.1")]
    [InlineData("D", "C", "entered-in-error", null, "IAM[1]-6[1].1.1")]
    [InlineData("A", "I", "confirmed", "inactive", "IAM[1]-17[1].1.1")]
    [InlineData("A", "C", "confirmed", "active", "IAM[1]-17[1].1.1")]
    [InlineData("A", "S", "unconfirmed", "active", "IAM[1]-17[1].1.1")]
    public void TheFieldThatDecidedTheStatusOfAnAllergyIsTheOneMapped(string action, string status, string verification, string? clinical, string decided)
    {
        var message = Translate("A31", Pid, $"IAM|1||70618^Penicillin^RXNORM|||{action}|||||||||||{status}");
        var allergy = message.Only("AllergyIntolerance").Read();
        Assert.Equal((verification, clinical), (allergy.At("verificationStatus/coding/0/code"), allergy.At("clinicalStatus/coding/0/code")));
        var row = message.Row(decided);
        Assert.Equal(LedgerDisposition.Mapped, row.Disposition);
        Assert.Contains("AllergyIntolerance.verificationStatus.coding[0].code", row.Path);
        Assert.DoesNotContain("AllergyIntolerance.verificationStatus.coding[0].code", message.Row(decided.Contains("-17", StringComparison.Ordinal) ? "IAM[1]-6[1].1.1" : "IAM[1]-17[1].1.1").Path);
    }
}
