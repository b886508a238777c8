using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Ids, references, and how the resources are to be written.</summary>
public class StableIdentityTests
{
    private const string Obx = "OBX|1|NM|718-7^Hemoglobin^LN||13.5|g/dL|||||F";

    [Fact]
    public void AnotherSourceHasOtherIds() =>
        Assert.NotEqual(
            Translating.Translate(Translating.Result(Obx)).Entry("Observation").Id,
            Translating.Translate(Translating.Result(Obx), Translating.Context(source: "other")).Entry("Observation").Id);

    [Fact]
    public void ANumberGivenOutAgainForAnotherCitizenDoesNotHitTheFirstOnesRecord()
    {
        var first = Translating.Translate(Translating.Result(Obx), Translating.Context(subject: "0123456789abcdef0123456789abcdef"));
        var second = Translating.Translate(Translating.Result(Obx), Translating.Context(subject: "fedcba9876543210fedcba9876543210"));
        foreach (var type in new[] { "Observation", "DiagnosticReport", "ServiceRequest", "Provenance" }) Assert.NotEqual(first.Entry(type).Id, second.Entry(type).Id);
        Assert.Equal(first.Entry("Organization").Id, second.Entry("Organization").Id);
    }

    [Fact]
    public void IdsDoNotDependOnThePlaceInTheMessage()
    {
        var translation = Translating.Translate(Translating.Result(Obx));
        var moved = Translating.Translate(Translating.Result("OBX|1|NM|787-2^MCV^LN||88|fL|||||F\rOBX|2|NM|718-7^Hemoglobin^LN||13.5|g/dL|||||F"));
        Assert.Equal(translation.Entry("Observation").Id, moved.Entry("Observation", 1).Id);
    }

    [Fact]
    public void WhatBelongsToOneOrderSharesTheFirstHalfOfItsId()
    {
        var translation = Translating.Translate(Translating.Result(Obx + "\rOBX|2|NM|787-2^MCV^LN||88|fL|||||F"));
        string[] ids = [translation.Entry("DiagnosticReport").Id, translation.Entry("Observation").Id, translation.Entry("Observation", 1).Id];
        Assert.Single(ids.Select(id => id[..32]).Distinct());
        Assert.Equal(3, ids.Distinct().Count());
        var otherOrder = Translating.Translate(Translating.Result(Obx), Translating.Context(source: "other"));
        Assert.NotEqual(ids[1][..32], otherOrder.Entry("Observation").Id[..32]);
    }

    [Fact]
    public void EqualKeysInOneMessageAreToldApart()
    {
        var translation = Translating.Translate(Translating.Result(Obx + "\r" + Obx));
        Assert.Equal(2, translation.Resources.Where(resource => resource.Type == "Observation").Select(resource => resource.Id).Distinct().Count());
        var bySubId = Translating.Translate(Translating.Result("OBX|1|NM|1-1^T^LN|a|1|g|||||F\rOBX|2|NM|1-1^T^LN|b|2|g|||||F"));
        Assert.Equal(
            bySubId.Entry("Observation", 1).Id,
            Translating.Translate(Translating.Result("OBX|1|NM|1-1^T^LN|b|2|g|||||F")).Entry("Observation").Id);
    }

    [Fact]
    public void WithoutNumberAndTimeAReadingIsOneOfItsMessageAlone()
    {
        foreach (var type in new[] { "Observation", "DiagnosticReport", "ServiceRequest" })
        {
            Assert.NotEqual(Id("M1", "", type), Id("M2", "", type));
            Assert.Equal(Id("M1", "", type), Id("M1", "", type));
            Assert.Equal(Id("M1", "20260102020000", type), Id("M2", "20260102020000", type));
        }

        static string Id(string control, string time, string type) =>
            Translating.Translate(Translating.Result(Obx, $"OBR|1|||58410-2^CBC^LN|||{time}").Replace("|M1|", $"|{control}|", StringComparison.Ordinal)).Entry(type).Id;
    }

    [Fact]
    public void ASpecimenWithoutNumberIsTheSameInTheOrderAndInItsReport()
    {
        foreach (var (order, report) in new[] { ("OBR|1|P1^EHR||1^T^LN|||||||||||BLD", ""), ("OBR|1|P1^EHR||1^T^LN", "SPM|1|||BLD") })
        {
            var placed = Translating.Translate(Translating.Message("OML^O21^OML_O21", [Translating.Patient, "ORC|NW|P1^EHR", order, report]));
            var reported = Translating.Translate(Translating.Message("ORU^R01^ORU_R01", [Translating.Patient, "ORC|RE|P1^EHR|F1^LAB", order.Replace("P1^EHR|", "P1^EHR|F1^LAB", StringComparison.Ordinal), Obx, report]));
            Assert.Equal(placed.Entry("Specimen").Id, reported.Entry("Specimen").Id);
        }
    }

    [Fact]
    public void AMessageOfThousandsOfEqualResultsComesThrough()
    {
        var obx = string.Join('\r', Enumerable.Repeat(Obx + "|||||D1^TESTDOCTOR", 5000));
        var translation = Translating.Translate(Translating.Result(obx));
        Assert.Equal(5000, translation.Resources.Where(resource => resource.Type == "Observation").Select(resource => resource.Id).Distinct().Count());
        Assert.Single(translation.Resources, resource => resource.Type == "Practitioner");
        Assert.Equal(translation.Ledger.Mapped, translation.Ledger.Rows().Count(row => row.Disposition == LedgerDisposition.Mapped));
    }

    [Fact]
    public void EveryReferenceResolvesAndNoIdIsTwice()
    {
        foreach (var (name, bytes) in Translating.Corpus())
        {
            var result = new EHealthPlus.Transformers.Hl7v2ToFhir.Hl7v2Translator().Translate(bytes, Translating.Context());
            if (!result.Accepted) continue;
            var ids = result.Value.Resources.Select(resource => $"{resource.Type}/{resource.Id}").ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(System.Text.Encoding.UTF8.GetString(result.Value.Bundle.Span), "\"reference\":\"([^#\"][^\"]*)\""))
                Assert.True(ids.Contains(match.Groups[1].Value), $"{name}: {match.Groups[1].Value}");
        }
    }

    [Fact]
    public void WithACitizenTheRecordPointsAtTheCitizenAndTheSourcePatientLinksThere()
    {
        var translation = Translating.Translate(Translating.Result(Obx), Translating.Context(subject: "0123456789abcdef0123456789abcdef"));
        Assert.Equal("Patient/0123456789abcdef0123456789abcdef", translation.Resource("Observation").At("subject/reference"));
        Assert.Equal("Patient/0123456789abcdef0123456789abcdef", translation.Resource("Patient").At("link/0/other/reference"));
        Assert.Equal("refer", translation.Resource("Patient").At("link/0/type"));
        Assert.NotEqual("0123456789abcdef0123456789abcdef", translation.Entry("Patient").Id);
        var outside = Translating.Translate(Translating.Result(Obx));
        Assert.Equal($"Patient/{outside.Entry("Patient").Id}", outside.Resource("Observation").At("subject/reference"));
        Assert.Null(outside.Resource("Patient").At("link"));
    }

    [Fact]
    public void ThePatientKeepsOneIdWithAndWithoutIdentityDocument()
    {
        var plain = Translating.Translate(Translating.Result(Obx));
        var both = Translating.Translate(Translating.Result(Obx).Replace("PN123456^^^LABHK^MR", "A1234563^^^HKID^NI~PN123456^^^LABHK^MR", StringComparison.Ordinal));
        Assert.Equal(plain.Entry("Patient").Id, both.Entry("Patient").Id);
    }

    [Fact]
    public void ResourcesSayHowTheyAreWrittenAndFound()
    {
        var translation = Translating.Translate(Translating.Result(Obx + "|||20260102023000+0800", "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN|||20260102020000+0800|||||||||||||||||HM|F"));
        Assert.Equal(WriteMode.CreateIfAbsent, translation.Entry("Patient").Mode);
        Assert.Equal(WriteMode.MessageOnly, translation.Entry("MessageHeader").Mode);
        Assert.Equal(SharingCategory.None, translation.Entry("Organization").Category);
        Assert.False(translation.Entry("Organization").AboutPatient);
        Assert.True(translation.Entry("Provenance").AboutPatient);
        var observation = translation.Entry("Observation");
        Assert.Equal((WriteMode.Replace, SharingCategory.LaboratoryAndRadiologyReports, true), (observation.Mode, observation.Category, observation.AboutPatient));
        Assert.Equal(("final", "2026-01-02T02:30:00+08:00"), (observation.Index.Status, observation.Index.Date));
        Assert.Equal(["http://loinc.org|718-7"], observation.Index.Codes);
        Assert.Equal(["http://terminology.hl7.org/CodeSystem/observation-category|laboratory"], observation.Index.Categories);
        Assert.Equal(SharingCategory.OtherInvestigationReports, Translating.Translate(Translating.Result(Obx, "OBR|1||F1|1^ECG^L||||||||||||||||||||EC|F")).Entry("DiagnosticReport").Category);
    }

    [Fact]
    public void ProvenanceNamesTheDepositAndPointsAtAllThatIsAboutThePatient()
    {
        var translation = Translating.Translate(Translating.Result(Obx));
        var provenance = translation.Resource("Provenance");
        Assert.Equal("7", provenance.At("entity/0/what/identifier/value"));
        Assert.Equal("2026-01-02T03:04:05.000+08:00", provenance.At("recorded"));
        var targets = provenance.GetProperty("target").EnumerateArray().Select(target => target.At("reference")).ToList();
        Assert.Equal(translation.Resources.Where(resource => resource.AboutPatient && resource.Type != "Provenance").Select(resource => $"{resource.Type}/{resource.Id}"), targets);
    }
}
