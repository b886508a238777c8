using EHealthPlus.Tests.Golden.Messages;

namespace EHealthPlus.Tests.Golden.Judge;

public sealed class CorpusIsValidFhirTests
{
    /// <summary>Medplum's validator, required bindings, codes, calendar dates and references: no fault in any message, and none is refused.</summary>
    [Fact]
    public async Task Every_message_is_translated_and_valid_FHIR_R4()
    {
        var bundles = new List<(string, ReadOnlyMemory<byte>)>();
        var refused = new List<string>();
        foreach (var file in MessageFile.All)
        {
            var result = Hospital.Translate(file.Read());
            if (result.Accepted) bundles.Add((file.Name, result.Value.Bundle));
            else refused.Add($"{file.Name}: {result.Rejection}");
        }

        foreach (var file in MessageFile.Manifests)
        {
            var result = StudyManifests.Translate(await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken));
            if (result.Accepted) bundles.Add((file.Name, result.Value.Bundle));
            else refused.Add($"{file.Name}: {result.Rejection}");
        }

        var judgement = await FhirJudge.JudgeAsync(bundles, TestContext.Current.CancellationToken);

        TestContext.Current.SendDiagnosticMessage($"{judgement.Bundles} bundles, {judgement.Resources} resources judged");
        Assert.True(refused.Count == 0, string.Join('\n', refused));
        Assert.True(judgement.Faults.Count == 0, $"{judgement.Faults.Count} faults:\n{string.Join('\n', judgement.Faults.Take(60))}");
        Assert.Equal(bundles.Count, judgement.Bundles);
        Assert.True(judgement.Bundles >= 150, $"only {judgement.Bundles} messages are there");
    }

    /// <summary>The judge finds what is wrong, so that its silence means something.</summary>
    [Fact]
    public async Task The_judge_names_each_fault()
    {
        var bundle = """
            {"resourceType":"Bundle","type":"message","entry":[
            {"fullUrl":"https://example.invalid/MessageHeader/m","resource":{"resourceType":"MessageHeader","id":"m",
              "eventCoding":{"system":"http://terminology.hl7.org/CodeSystem/v2-0003","code":"A01"},"source":{"endpoint":"urn:x"},"focus":[{"reference":"Patient/9"}]}},
            {"fullUrl":"https://example.invalid/Encounter/1","resource":{"resourceType":"Encounter","id":"1","status":"here","colour":"red",
              "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"BEDDED"},"period":{"start":"2026-02-30","end":"2026-03-01T08:00:00"}}},
            {"fullUrl":"https://example.invalid/Encounter/3","resource":{"resourceType":"Observation","id":"a b","status":"final","code":{"text":"x"},
              "valueString":"1","valueBoolean":true,"specimen":{"reference":"Encounter/1"},"performer":[{"reference":"Encounter/1"},{"reference":"Encounter/1"}]}},
            {"fullUrl":"https://example.invalid/Encounter/1","resource":{"resourceType":"Encounter","id":"1","status":"finished","text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>x</div>"},
              "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"}}},
            {"fullUrl":"https://example.invalid/Coverage/2","resource":{"resourceType":"Coverage","id":"2","status":"active","beneficiary":{"display":"somebody"}}},
            {"fullUrl":"https://example.invalid/DiagnosticReport/4","resource":{"resourceType":"DiagnosticReport","id":"4","status":"final","code":{"text":"x"},
              "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>x</script><p>"}}}]}
            """u8.ToArray();

        var judgement = await FhirJudge.JudgeAsync([("faulty", bundle)], TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "faulty: Bundle/? Bundle: Constraint bdl-7 not met: FullUrl must be unique in a bundle, or else entries with the same fullUrl must have different meta.versionId (except in history bundles)",
                "faulty: Bundle/? valueBoolean: Conflicting choice of type properties: \"valueBoolean\", \"valueString\"",
                "faulty: Coverage/2 Coverage.payor: Missing required property",
                "faulty: DiagnosticReport/4 DiagnosticReport.text.div: </script> is not allowed",
                "faulty: DiagnosticReport/4 DiagnosticReport.text.div: <script> is not allowed",
                "faulty: DiagnosticReport/4 DiagnosticReport.text.div: div,p is not closed",
                "faulty: Encounter/1 Encounter.class: http://terminology.hl7.org/CodeSystem/v3-ActCode has no code BEDDED",
                "faulty: Encounter/1 Encounter.colour: Invalid additional property \"colour\"",
                "faulty: Encounter/1 Encounter.id: Encounter/1 is there twice",
                "faulty: Encounter/1 Encounter.id: https://example.invalid/Encounter/1 is there twice",
                "faulty: Encounter/1 Encounter.period.end: 2026-03-01T08:00:00 is no FHIR dateTime",
                "faulty: Encounter/1 Encounter.period.start: 2026-02-30 is not in the calendar",
                "faulty: Encounter/1 Encounter.status: here is not in the required value set http://hl7.org/fhir/ValueSet/encounter-status|4.0.1",
                "faulty: Encounter/1 Encounter.text: is a narrative",
                "faulty: MessageHeader/m MessageHeader.focus[0].reference: Patient/9 is not in the bundle",
                "faulty: Observation/a b Observation.fullUrl: https://example.invalid/Encounter/3 is not of Observation/a b",
                "faulty: Observation/a b Observation.id: a b is no FHIR id",
                "faulty: Observation/a b Observation.performer: says the same twice",
                "faulty: Observation/a b Observation.performer[0]: refers to Encounter, not to Practitioner or PractitionerRole or Organization or CareTeam or Patient or RelatedPerson",
                "faulty: Observation/a b Observation.performer[1]: refers to Encounter, not to Practitioner or PractitionerRole or Organization or CareTeam or Patient or RelatedPerson",
                "faulty: Observation/a b Observation.specimen: refers to Encounter, not to Specimen",
                "faulty: Observation/a b Observation.valueBoolean: stands beside valueString",
            ],
            judgement.Faults.Select(fault => fault.ToString()).Order(StringComparer.Ordinal));
    }
}
