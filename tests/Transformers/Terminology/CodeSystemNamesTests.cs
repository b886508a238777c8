using System.Text;
using EHealthPlus.Transformers.Terminology.CodeSystems;

namespace EHealthPlus.Tests.Transformers.Terminology;

public sealed class CodeSystemNamesTests
{
    [Theory]
    [InlineData("LN", "http://loinc.org")]
    [InlineData("SCT", "http://snomed.info/sct")]
    [InlineData("I10", "http://hl7.org/fhir/sid/icd-10")]
    [InlineData("I9C", "http://hl7.org/fhir/sid/icd-9-cm")]
    [InlineData("UCUM", "http://unitsofmeasure.org")]
    [InlineData("C4", "http://www.ama-assn.org/go/cpt")]
    [InlineData("NDC", "http://hl7.org/fhir/sid/ndc")]
    [InlineData("CVX", "http://hl7.org/fhir/sid/cvx")]
    [InlineData("ISO3166_1", "urn:iso:std:iso:3166")]
    [InlineData("HL70001", "http://terminology.hl7.org/CodeSystem/v2-0001")]
    [InlineData("hl70396", "http://terminology.hl7.org/CodeSystem/v2-0396")]
    public void A_known_name_has_its_FHIR_URI(string name, string uri)
    {
        Assert.True(CodeSystemNames.TryGetUri(Encoding.UTF8.GetBytes(name), out var found));
        Assert.Equal(uri, Encoding.UTF8.GetString(found));
    }

    [Theory]
    [InlineData("L")]
    [InlineData("99LAB")]
    [InlineData("")]
    [InlineData("HL7")]
    [InlineData("HL70000")]
    [InlineData("HL7000A")]
    public void A_local_or_unknown_name_has_none(string name) =>
        Assert.False(CodeSystemNames.TryGetUri(Encoding.UTF8.GetBytes(name), out _));

    [Theory]
    [InlineData("2.16.840.1.113883.6.1", "http://loinc.org")]
    [InlineData("2.16.840.1.113883.6.96", "http://snomed.info/sct")]
    [InlineData("2.16.840.1.113883.12.78", "http://terminology.hl7.org/CodeSystem/v2-0078")]
    [InlineData("2.16.840.1.113883.12.292", "http://hl7.org/fhir/sid/cvx")]
    public void An_OID_with_a_FHIR_URI_gives_it(string oid, string uri)
    {
        Assert.True(CodeSystemNames.TryGetUriOfOid(Encoding.UTF8.GetBytes(oid), out var found));
        Assert.Equal(uri, Encoding.UTF8.GetString(found));
    }

    [Theory]
    [InlineData("1.2.344.1", true)]
    [InlineData("2.16.840.1.113883.19", true)]
    [InlineData("0.0", true)]
    [InlineData("3.1", false)]
    [InlineData("1.02", false)]
    [InlineData("1..2", false)]
    [InlineData("1.2.", false)]
    [InlineData("1", false)]
    [InlineData("10.2", false)]
    [InlineData("1.2a", false)]
    public void OIDs_are_told_from_other_text(string text, bool expected) =>
        Assert.Equal(expected, CodeSystemNames.IsOid(Encoding.UTF8.GetBytes(text)));
}
