using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.DicomToFhir;

namespace EHealthPlus.Tests.Transformers.DicomToFhir;

/// <summary>Single claims about the way from a study manifest to the canonical message; the golden pair shows the whole.</summary>
public sealed class StudyTests
{
    private const string Time = "\"00080020\":{\"vr\":\"DA\",\"Value\":[\"20260302\"]},\"00080030\":{\"vr\":\"TM\",\"Value\":[\"0905\"]}";

    private static readonly Source Source = new("pacs", "centre", "main", "PACS", "CENTRE");
    private static readonly StudyTranslator Translator = new("https://hub.invalid/dicomweb");

    [Theory]
    [InlineData(Time, null, "2026-03-02")]
    [InlineData(Time, "+08:00", "2026-03-02T09:05:00+08:00")]
    [InlineData(Time + ",\"00080201\":{\"vr\":\"SH\",\"Value\":[\"-0330\"]}", "+08:00", "2026-03-02T09:05:00-03:30")]
    [InlineData("\"00080020\":{\"vr\":\"DA\",\"Value\":[\"20260230\"]}", "+08:00", null)]
    public void A_time_has_the_zone_that_is_stated_or_registered_and_none_is_guessed(string attributes, string? registered, string? expected)
    {
        var study = StudyOf(Translate(Manifest(study: attributes), Source with { UtcOffset = registered }));
        Assert.Equal(expected, study.TryGetProperty("started", out var started) ? started.GetString() : null);
    }

    [Fact]
    public void The_number_of_the_citizen_is_part_of_the_studys_id_and_the_source_of_it_too()
    {
        var ids = new[]
        {
            StudyOf(Translate(Manifest(), Source, "ann")), StudyOf(Translate(Manifest(), Source, "bob")),
            StudyOf(Translate(Manifest(), Source with { Id = "other" }, "ann")), StudyOf(Translate(Manifest(revision: 7), Source, "ann")),
        }.Select(study => study.GetProperty("id").GetString()).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[0], ids[3]);
    }

    [Fact]
    public void Each_value_is_mapped_carried_or_dropped_and_the_counts_add_up()
    {
        var translation = Translate(Manifest(study: Time + ",\"00091001\":{\"vr\":\"LO\",\"Value\":[\"private\",\"two\"]},\"00201206\":{\"vr\":\"IS\",\"Value\":[1]}"), Source);
        var rows = translation.Ledger.Rows().ToList();
        Assert.Equal(rows.Count, translation.Ledger.Mapped + translation.Ledger.Carried + translation.Ledger.Dropped);
        Assert.Equal(["private", "two"], rows.Where(row => row.Location.Segment == "(0009,1001)").Select(row => row.Value));
        Assert.All(rows.Where(row => row.Location.Segment == "(0009,1001)"), row => Assert.Equal(LedgerDisposition.Carried, row.Disposition));
        Assert.Equal(LedgerDisposition.Dropped, rows.Single(row => row.Location.Segment == "(0020,1206)").Disposition);
        Assert.All(rows.Where(row => row.Disposition == LedgerDisposition.Mapped), row => Assert.NotEmpty(row.Path));
        // Without a zone the time of day is nowhere in the body.
        Assert.Equal(LedgerDisposition.Carried, rows.Single(row => row.Location.Segment == "(0008,0030)").Disposition);
    }

    [Fact]
    public void Numbers_names_and_kinds_are_read_for_the_index()
    {
        var reading = new StudyManifestReader().Read(Manifest(), (_, _) => Source);
        var patient = reading.Envelope!.Patient!;
        Assert.Equal([("MR1", "HOSP", "MR"), ("A123456(3)", "HKID", "NI")], patient.Identifiers.Select(number => (number.Value, number.AssigningAuthority, number.TypeCode)));
        Assert.Equal([("SYNTHETIC", "ALPHA", "A"), ("測試", "病人", "I")], patient.Names.Select(name => (name.Family, name.Given, name.Representation)));
        Assert.Equal(("19800229", "F"), (patient.BirthDate, patient.Sex));
        Assert.Equal("1.2.3#4", reading.Envelope.ControlId);
    }

    [Theory]
    [InlineData("A123456(3)", "HKID")]
    [InlineData("A1234563", "")]
    [InlineData("MR1", "")]
    public void A_number_without_issuer_is_an_identity_card_number_where_it_is_written_as_on_the_card(string number, string type)
    {
        var manifest = Encoding.UTF8.GetString(Manifest()).Replace("\"00100021\":{\"vr\":\"LO\",\"Value\":[\"HOSP\"]},", "", StringComparison.Ordinal)
            .Replace("\"00100024\":{\"vr\":\"SQ\",\"Value\":[{\"00400035\":{\"vr\":\"CS\",\"Value\":[\"MR\"]} }]},", "", StringComparison.Ordinal).Replace("MR1", number, StringComparison.Ordinal);

        var reading = new StudyManifestReader().Read(Encoding.UTF8.GetBytes(manifest), (_, _) => Source);

        Assert.Equal((number, "", type), (reading.Envelope!.Patient!.Identifiers[0].Value, reading.Envelope.Patient.Identifiers[0].AssigningAuthority, reading.Envelope.Patient.Identifiers[0].TypeCode));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("{\"studyManifest\":2}")]
    [InlineData("{\"studyManifest\":1,\"studyInstanceUid\":\"1\",\"revision\":\"x\",\"conflicts\":0,\"patient\":{},\"study\":{},\"series\":[{}]}")]
    [InlineData("{\"studyManifest\":1,\"studyInstanceUid\":\"1\",\"revision\":1,\"conflicts\":0,\"patient\":{},\"study\":{},\"series\":[{}]}")]
    public void What_is_no_manifest_is_refused(string text)
    {
        Assert.Equal(RejectionCode.StudyManifestInvalid, new StudyManifestReader().Read(Encoding.UTF8.GetBytes(text), (_, _) => Source).Rejection?.Code);
        Assert.Equal(RejectionCode.StudyManifestInvalid, Translator.Translate(Encoding.UTF8.GetBytes(text), new(Source, null, null, default)).Rejection?.Code);
    }

    private static Translation Translate(byte[] manifest, Source source, string? citizen = null) =>
        Translator.Translate(manifest, new(source, new DepositId(1), citizen is null ? null : [new MessageSubject(citizen)], default)).Value;

    private static JsonElement StudyOf(Translation translation) =>
        JsonDocument.Parse(translation.Resources.Single(resource => resource.Type == "ImagingStudy").Json).RootElement;

    private static byte[] Manifest(string study = Time, long revision = 4) => Encoding.UTF8.GetBytes($$"""
        {"studyManifest":1,"studyInstanceUid":"1.2.3","revision":{{revision}},"conflicts":0,"patient":{
        "00100010":{"vr":"PN","Value":[{"Alphabetic":"SYNTHETIC^ALPHA","Ideographic":"測試^病人"}]},"00100020":{"vr":"LO","Value":["MR1"]},"00100021":{"vr":"LO","Value":["HOSP"]},
        "00100024":{"vr":"SQ","Value":[{"00400035":{"vr":"CS","Value":["MR"]} }]},"00100030":{"vr":"DA","Value":["19800229"]},"00100040":{"vr":"CS","Value":["F"]},
        "00101002":{"vr":"SQ","Value":[{"00100020":{"vr":"LO","Value":["A123456(3)"]},"00100021":{"vr":"LO","Value":["HKID"]} }]} },
        "study":{ {{study}} },"series":[{"attributes":{"0020000E":{"vr":"UI","Value":["1.2.3.1"]} },"instances":[{"00080018":{"vr":"UI","Value":["1.2.3.1.1"]} }]}]}
        """);
}
