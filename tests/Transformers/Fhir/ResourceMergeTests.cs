using System.Text;
using EHealthPlus.Transformers.Fhir.Merging;

namespace EHealthPlus.Tests.Transformers.Fhir;

public class ResourceMergeTests
{
    [Theory]
    // What the update does not have stays, what it has replaces.
    [InlineData("""{"resourceType":"Patient","id":"p","gender":"male","birthDate":"1980"}""", """{"resourceType":"Patient","id":"p","gender":"female"}""", "",
        """{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1980"}""")]
    // A nulled element goes, with what belongs to it.
    [InlineData("""{"resourceType":"Patient","id":"p","birthDate":"1980","_birthDate":{"id":"x"}}""", """{"resourceType":"Patient","id":"p"}""", "birthDate",
        """{"resourceType":"Patient","id":"p"}""")]
    // The extension of a primitive goes with the primitive.
    [InlineData("""{"resourceType":"Patient","birthDate":"1980","_birthDate":{"id":"x"}}""", """{"resourceType":"Patient","birthDate":"1981"}""", "",
        """{"resourceType":"Patient","birthDate":"1981"}""")]
    // One element of several types.
    [InlineData("""{"resourceType":"Patient","deceasedBoolean":true}""", """{"resourceType":"Patient","deceasedDateTime":"2026-01-01"}""", "",
        """{"resourceType":"Patient","deceasedDateTime":"2026-01-01"}""")]
    [InlineData("""{"resourceType":"Patient","deceasedDateTime":"2026-01-01"}""", """{"resourceType":"Patient"}""", "deceased",
        """{"resourceType":"Patient"}""")]
    // That somebody died is less than when; that he did not is more.
    [InlineData("""{"resourceType":"Patient","deceasedDateTime":"2026-01-01"}""", """{"resourceType":"Patient","deceasedBoolean":true}""", "",
        """{"resourceType":"Patient","deceasedDateTime":"2026-01-01"}""")]
    [InlineData("""{"resourceType":"Patient","deceasedDateTime":"2026-01-01"}""", """{"resourceType":"Patient","deceasedBoolean":true}""", "deceased",
        """{"resourceType":"Patient","deceasedBoolean":true}""")]
    [InlineData("""{"resourceType":"Patient","deceasedDateTime":"2026-01-01"}""", """{"resourceType":"Patient","deceasedBoolean":false}""", "",
        """{"resourceType":"Patient","deceasedBoolean":false}""")]
    [InlineData("""{"resourceType":"Patient","multipleBirthInteger":2}""", """{"resourceType":"Patient","multipleBirthBoolean":true}""", "",
        """{"resourceType":"Patient","multipleBirthInteger":2}""")]
    [InlineData("""{"resourceType":"Observation","valueQuantity":{"value":1}}""", """{"resourceType":"Observation","valueBoolean":true}""", "",
        """{"resourceType":"Observation","valueBoolean":true}""")]
    // A status that is no news leaves the code that it was told in.
    [InlineData("""{"resourceType":"ServiceRequest","status":"active","_status":{"id":"A"}}""", """{"resourceType":"ServiceRequest","status":"unknown"}""", "",
        """{"resourceType":"ServiceRequest","status":"active","_status":{"id":"A"}}""")]
    [InlineData("""{"resourceType":"ServiceRequest","status":"active","_status":{"id":"A"}}""", """{"resourceType":"ServiceRequest","status":"unknown","_status":{"id":"B"}}""", "",
        """{"resourceType":"ServiceRequest","status":"active","_status":{"id":"B"}}""")]
    // A diagnosis stands beside those of the visit, goes by its key, or is of the whole list.
    [InlineData("""{"resourceType":"Encounter","diagnosis":[{"condition":{"reference":"Condition/1"}},{"condition":{"reference":"Condition/2"}}]}""", """{"resourceType":"Encounter"}""", "diagnosis:Condition/1",
        """{"resourceType":"Encounter","diagnosis":[{"condition":{"reference":"Condition/2"}}]}""")]
    // R4 con-5.
    [InlineData("""{"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]}}""", """{"resourceType":"Condition","verificationStatus":{"coding":[{"code":"entered-in-error"}]}}""", "",
        """{"resourceType":"Condition","verificationStatus":{"coding":[{"code":"entered-in-error"}]}}""")]
    // One of the two ways to say when.
    [InlineData("""{"resourceType":"Specimen","collection":{"collectedDateTime":"2026-01-01","quantity":{"value":5}}}""", """{"resourceType":"Specimen","collection":{"collectedPeriod":{"start":"2026-01-02"}}}""", "",
        """{"resourceType":"Specimen","collection":{"collectedPeriod":{"start":"2026-01-02"},"quantity":{"value":5}}}""")]
    // Extensions by their url.
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"a","valueCode":"1"},{"url":"b","valueCode":"2"}]}""", """{"resourceType":"Patient","extension":[{"url":"a","valueCode":"3"}]}""", "",
        """{"resourceType":"Patient","extension":[{"url":"a","valueCode":"3"},{"url":"b","valueCode":"2"}]}""")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"a","valueCode":"1"}]}""", """{"resourceType":"Patient"}""", "extension:a",
        """{"resourceType":"Patient"}""")]
    // What several fields make together is told apart by its own elements.
    [InlineData("""{"resourceType":"Encounter","period":{"start":"2026-01-01"}}""", """{"resourceType":"Encounter","period":{"end":"2026-01-02"}}""", "",
        """{"resourceType":"Encounter","period":{"end":"2026-01-02","start":"2026-01-01"}}""")]
    [InlineData("""{"resourceType":"Encounter","period":{"start":"2026-01-01","end":"2026-01-02"}}""", """{"resourceType":"Encounter"}""", "period.end",
        """{"resourceType":"Encounter","period":{"start":"2026-01-01"}}""")]
    [InlineData("""{"resourceType":"Encounter","period":{"end":"2026-01-02"}}""", """{"resourceType":"Encounter"}""", "period.end",
        """{"resourceType":"Encounter"}""")]
    // A note or specimen that a later order message adds stands beside those that are known.
    [InlineData("""{"resourceType":"ServiceRequest","note":[{"text":"Fasting"}],"specimen":[{"reference":"Specimen/1"}]}""", """{"resourceType":"ServiceRequest","note":[{"text":"Call the ward"},{"text":"Fasting"}],"specimen":[{"reference":"Specimen/2"}]}""", "",
        """{"resourceType":"ServiceRequest","note":[{"text":"Call the ward"},{"text":"Fasting"}],"specimen":[{"reference":"Specimen/2"},{"reference":"Specimen/1"}]}""")]
    [InlineData("""{"resourceType":"CareTeam","participant":[{"member":{"reference":"Practitioner/1"}},{"member":{"reference":"Practitioner/2"}}]}""", """{"resourceType":"CareTeam","participant":[{"member":{"display":"A manager"}}]}""", "participant:Practitioner/2",
        """{"resourceType":"CareTeam","participant":[{"member":{"display":"A manager"}},{"member":{"reference":"Practitioner/1"}}]}""")]
    [InlineData("""{"resourceType":"EpisodeOfCare","diagnosis":[{"condition":{"reference":"Condition/1"},"rank":2}]}""", """{"resourceType":"EpisodeOfCare","diagnosis":[{"condition":{"reference":"Condition/1"},"rank":1}]}""", "",
        """{"resourceType":"EpisodeOfCare","diagnosis":[{"condition":{"reference":"Condition/1"},"rank":1}]}""")]
    [InlineData("""{"resourceType":"RelatedPerson","identifier":[{"system":"s","value":"1"}],"relationship":[{"coding":[{"code":"MTH"}]}]}""", """{"resourceType":"RelatedPerson","identifier":[{"system":"s","value":"2"}],"relationship":[{"coding":[{"code":"GUAR"}]}]}""", "",
        """{"resourceType":"RelatedPerson","identifier":[{"system":"s","value":"2"},{"system":"s","value":"1"}],"relationship":[{"coding":[{"code":"GUAR"}]},{"coding":[{"code":"MTH"}]}]}""")]
    // Digits and characters stay as they are.
    [InlineData("""{"resourceType":"Observation","valueQuantity":{"value":1.50,"unit":"µ<陳"}}""", """{"resourceType":"Observation","status":"final"}""", "",
        """{"resourceType":"Observation","status":"final","valueQuantity":{"value":1.50,"unit":"µ<陳"}}""")]
    public void LaysTheUpdateOverWhatIsKnown(string current, string update, string deleted, string expected)
    {
        var merged = ResourceMerge.Merge(Encoding.UTF8.GetBytes(current), Encoding.UTF8.GetBytes(update), deleted.Length == 0 ? [] : [deleted]);
        Assert.Equal(expected, Encoding.UTF8.GetString(merged));
    }
}
