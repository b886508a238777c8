using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Fhir.Merging;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Orders;

/// <summary>An order from its placing through change, cancel and answers to its results.</summary>
public class OrderLifeTests
{
    private const string Obr = "OBR|1|P1^EHR||58410-2^CBC^LN|||||||L|||||||||||||HM|||||||R73.9^Hyperglycaemia^I10";

    [Theory]
    [InlineData("NW", "", "active")]
    [InlineData("CA", "", "revoked")]
    [InlineData("DC", "", "revoked")]
    [InlineData("OC", "", "revoked")]
    [InlineData("HD", "", "on-hold")]
    [InlineData("RL", "", "active")]
    [InlineData("RP", "", "revoked")]
    [InlineData("RO", "", "active")]
    [InlineData("UC", "", "active")]
    [InlineData("UA", "", "revoked")]
    [InlineData("SC", "", "unknown")]
    [InlineData("SC", "CM", "completed")]
    [InlineData("SC", "A", "active")]
    [InlineData("XO", "HD", "on-hold")]
    [InlineData("CA", "IP", "revoked")]
    [InlineData("DC", "SC", "revoked")]
    [InlineData("HD", "IP", "on-hold")]
    [InlineData("UA", "IP", "revoked")]
    [InlineData("UC", "CM", "completed")]
    public void OrderControlAndOrderStatusDecideTheStatus(string control, string status, string expected) =>
        Assert.Equal(expected, Order("ORM^O01", $"ORC|{control}|P1^EHR|||{status}", Obr).Resource("ServiceRequest").At("status"));

    [Fact]
    public void OneOrderIsOneResourceInAllItsMessages()
    {
        var placed = Order("OML^O21", "ORC|NW|P1^EHR", Obr).Entry("ServiceRequest").Id;
        Assert.Equal(placed, Order("ORM^O01", "ORC|CA|P1^EHR", Obr).Entry("ServiceRequest").Id);
        Assert.Equal(placed, Order("ORL^O22", "MSA|AA|M0", "ORC|OK|P1^EHR|F1^LAB", "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN").Entry("ServiceRequest").Id);
        var report = Order("ORU^R01", "ORC|RE|P1^EHR|F1^LAB", "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN|||||||||||||||||||||F");
        Assert.Equal(placed, report.Entry("ServiceRequest").Id);
        Assert.Equal($"ServiceRequest/{placed}", report.Resource("DiagnosticReport").At("basedOn/0/reference"));
    }

    [Fact]
    public void AResultCompletesTheOrderAndKeepsWhatTheOrderSaid()
    {
        var order = Order("OML^O21", "ORC|NW|P1^EHR", Obr);
        var result = Order("ORU^R01", "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN|||||||||||||||||||||F").Entry("ServiceRequest");
        Assert.Equal(WriteMode.Merge, result.Mode);
        var merged = JsonDocument.Parse(ResourceMerge.Merge(order.Entry("ServiceRequest").Json, result.Json, result.DeletedElements)).RootElement;
        Assert.Equal("completed", merged.At("status"));
        Assert.Equal("R73.9", merged.At("reasonCode/0/coding/0/code"));
    }

    [Fact]
    public void AnAnswerThatSaysNothingOfTheStatusLeavesItAsItWas()
    {
        var order = Order("OML^O21", "ORC|NW|P1^EHR", Obr);
        var answer = Order("ORL^O22", "MSA|AA|M0", "ORC|NA|P1^EHR|F1^LAB", "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN").Entry("ServiceRequest");
        Assert.Equal("active", JsonDocument.Parse(ResourceMerge.Merge(order.Entry("ServiceRequest").Json, answer.Json, [])).RootElement.At("status"));
    }

    [Fact]
    public void AReplacementNamesTheOrderThatItReplaces()
    {
        var translation = Order("OMG^O19", "ORC|RP|P1^EHR", Obr, "ORC|RO|P2^EHR", "OBR|2|P2^EHR||600-7^Culture^LN");
        Assert.Equal($"ServiceRequest/{translation.Entry("ServiceRequest").Id}", translation.Resource("ServiceRequest", 1).At("replaces/0/reference"));
    }

    [Fact]
    public void AChildNamesItsParentByNumber()
    {
        var child = Order("OMG^O19", "ORC|CH|P2^EHR||||||P1&EHR^F1&LAB", "OBR|2|P2^EHR||600-7^Culture^LN").Resource("ServiceRequest");
        Assert.Equal("P1", child.At("basedOn/0/identifier/value"));
        Assert.Equal("F1", child.At("basedOn/1/identifier/value"));
    }

    [Fact]
    public void AnOrderKnownByItsNumberAloneIsATask()
    {
        var translation = Order("ORR^O02", "MSA|AE|M0", "ORC|UC|P1^EHR||||||||||||||DONE^Already made^L");
        var task = translation.Resource("Task");
        Assert.Equal(("rejected", "UC", "P1"), (task.At("status"), task.At("code/coding/0/code"), task.At("focus/identifier/value")));
        Assert.Equal("fatal-error", translation.Resource("MessageHeader").At("response/code"));
        Assert.DoesNotContain(translation.Resources, resource => resource.Type == "ServiceRequest");
    }

    [Fact]
    public void WhatIsToldWithAnOrderIsNoResult()
    {
        var translation = Order("ORM^O01", "ORC|NW|P1^EHR", Obr, "DG1|1||E11.9^Diabetes^I10", "OBX|1|NM|29463-7^Weight^LN||61.50|kg|||||F");
        Assert.DoesNotContain(translation.Resources, resource => resource.Type == "DiagnosticReport");
        var order = translation.Resource("ServiceRequest");
        Assert.Equal($"Observation/{translation.Entry("Observation").Id}", order.At("supportingInfo/0/reference"));
        Assert.Equal($"Condition/{translation.Entry("Condition").Id}", order.At("reasonReference/0/reference"));
        Assert.Null(translation.Resource("Observation").At("category"));
    }

    [Fact]
    public void PriorResultsAreReportsOfTheirOwn()
    {
        var translation = Order(
            "OML^O21", "ORC|NW|P2^EHR", "OBR|1|P2^EHR||58410-2^CBC^LN", Translating.Patient, "ORC|PR|P1^EHR|F1^LAB", "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN|||20250102||||||||||||||||||F",
            "OBX|1|NM|718-7^Hemoglobin^LN||12.1|g/dL|||||F", "ORC|NW|P3^EHR", "OBR|2|P3^EHR||600-7^Culture^LN");
        Assert.Single(translation.Resources, resource => resource.Type == "DiagnosticReport");
        Assert.Equal($"DiagnosticReport/{translation.Entry("DiagnosticReport").Id}", translation.Resource("ServiceRequest").At("supportingInfo/0/reference"));
        Assert.Equal("completed", translation.Resource("ServiceRequest", 1).At("status"));
        Assert.Equal("active", translation.Resource("ServiceRequest", 2).At("status"));
        Assert.Null(translation.Resource("ServiceRequest", 2).At("supportingInfo"));
    }

    [Fact]
    public void AnOrderOfNobodyComesThrough() =>
        Assert.DoesNotContain(
            Translating.Translate(Translating.Message("ORM^O01", "ORC|NW|P1^EHR", Obr, "DG1|1||E11.9^Diabetes^I10", "AL1|1|DA|1^X^L", "SPM|1|S1&EHR||BLD", "OBX|1|NM|1-1^T^LN||1|g|||||F")).Resources,
            resource => resource.Type == "Condition");

    [Fact]
    public void PriorResultsOfAnotherPatientAreRefused()
    {
        var message = Translating.Message("OML^O21", Translating.Patient, "ORC|NW|P2^EHR", Obr, "PID|1||PN999^^^LABHK^MR||TESTPATIENT^BETA", "ORC|PR|P1^EHR", Obr);
        var result = new Hl7v2Translator().Translate(System.Text.Encoding.UTF8.GetBytes(message), Translating.Context());
        Assert.Equal(RejectionCode.SegmentSequenceInvalid, result.Rejection?.Code);
    }

    [Fact]
    public void TwoPatientsOfAResultMessageAreToldApart()
    {
        var translation = Order("ORU^R01", "OBR|1||F1|1-1^T^LN", "OBX|1|NM|1-1^T^LN||1|g|||||F", "PID|2||2^^^LABHK^MR||TESTPATIENT^BETA", "OBR|1||F2|1-1^T^LN", "OBX|1|NM|1-1^T^LN||2|g|||||F");
        Assert.Equal($"Patient/{translation.Entry("Patient").Id}", translation.Resource("Observation").At("subject/reference"));
        Assert.Equal($"Patient/{translation.Entry("Patient", 1).Id}", translation.Resource("Observation", 1).At("subject/reference"));
    }

    private static Translation Order(string type, params string[] segments) =>
        Translating.Translate(Translating.Message(type, [.. segments.Where(segment => segment.StartsWith("MSA", StringComparison.Ordinal)), Translating.Patient, .. segments.Where(segment => !segment.StartsWith("MSA", StringComparison.Ordinal))]));
}
