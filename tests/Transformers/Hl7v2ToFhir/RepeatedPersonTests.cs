using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>One person named again in the same message.</summary>
public class RepeatedPersonTests
{
    private const string Doctor = "D001^TESTDOCTOR^ONE^^^Dr^^^LABHK";

    [Fact]
    public void NamedInTheSameWordsEachLeafIsMappedToTheOnePractitioner()
    {
        var translation = Translating.Translate(Message(Doctor, Doctor));
        Assert.Single(translation.Resources, resource => resource.Type == "Practitioner");
        foreach (var part in (int[])[1, 2, 3, 6])
        {
            var (first, second) = (AsserterPart(translation, 1, part), AsserterPart(translation, 2, part));
            Assert.Equal(LedgerDisposition.Mapped, second.Disposition);
            Assert.Equal(first.Value, second.Value);
            Assert.Equal(first.Path, second.Path);
        }
    }

    [Fact]
    public void TheSameWordsInOtherComponentsAreNotTheSame()
    {
        var translation = Translating.Translate(Message("D001^TESTDOCTOR^ONE", "D001^ONE^TESTDOCTOR"));
        var names = translation.Resource("Practitioner").GetProperty("name");
        Assert.Equal([("TESTDOCTOR", "ONE"), ("ONE", "TESTDOCTOR")], [.. names.EnumerateArray().Select(name => (name.At("family")!, name.At("given/0")!))]);
        translation = Translating.Translate(Message("D001^TESTDOCTOR", "D001^^TESTDOCTOR"));
        Assert.Equal("Practitioner.name[0].given[0]", Assert.Single(AsserterPart(translation, 2, 3).Path));
    }

    [Fact]
    public void ADegreeOfNoSystemStaysLocalToTheFieldThatNamesIt()
    {
        var translation = Translating.Translate(Translating.Message("ADT^A01^ADT_A01", Translating.Patient, "PV1|1|I|||||D001^TESTDOCTOR^ONE^^^^XX", "DG1|1||J18.9^Pneumonia^I10|||A||||||||||D001^TESTDOCTOR^ONE^^^^XX"));
        Assert.Equal(
            ["urn:ehealthplus:local:lab:PV1-7", "urn:ehealthplus:local:lab:DG1-16"],
            translation.Resource("Practitioner").GetProperty("qualification").EnumerateArray().Select(one => one.At("code/coding/0/system")));
    }

    [Fact]
    public void ATimeWithoutZoneIsNotedAtEachLeaf()
    {
        const string dated = "D001^TESTDOCTOR^ONE^^^^^^^^^^^^^^^^20260101010000";
        var translation = Translating.Translate(Message(dated, dated));
        Assert.Equal(AsserterPart(translation, 1, 19).Rule, AsserterPart(translation, 2, 19).Rule);
        Assert.NotNull(AsserterPart(translation, 1, 19).Rule);
    }

    private static string Message(string first, string second) => Translating.Message(
        "ADT^A01^ADT_A01", Translating.Patient, "PV1|1|I", $"DG1|1||J18.9^Pneumonia^I10|||A||||||||||{first}", $"DG1|2||E11.9^Diabetes^I10|||A||||||||||{second}");

    private static LedgerRow AsserterPart(Translation translation, int diagnosis, int component) => translation.Row($"DG1[{diagnosis}]-16[1].{component}.1");
}
