using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Compliance;

/// <summary>Matching of PS3.4-2024 C.2.2.2 on each level.</summary>
public abstract class ImagingQueryCompliance : StoreCompliance
{
    private const uint Date = 0x00080020, Time = 0x00080030, Accession = 0x00080050, Modality = 0x00080060, Modalities = 0x00080061, Description = 0x00081030,
        Name = 0x00100010, BirthDate = 0x00100030, PatientId = 0x00100020, Study = 0x0020000D, Series = 0x0020000E, SeriesNumber = 0x00200011, InstanceNumber = 0x00200013, Sop = 0x00080018;

    public static TheoryData<uint, string, string> Studies => new()
    {
        { Study, "2.25.1", "1" },
        { Study, "2.25.1\\2.25.3\\2.25.77", "3 1" },
        { PatientId, "T0001", "2 1" },
        { PatientId, "T000*", "3 2 1" },
        { PatientId, "*3", "3" },
        { PatientId, "t0001", "" },
        { Name, "synthetic^one", "2 1" },
        { Name, "SYNTHETIC", "" },
        { Name, "synth*", "3 2 1" },
        { Name, "SYN?HETIC^T*", "3" },
        { Name, "*O", "3" },
        { Name, "測試*", "2 1" },
        { Name, "測*^病人", "2 1" },
        { Name, "ち?う^さんぷる", "3" },
        { Name, "SYNTHETIC*=測*", "2 1" },
        { Name, "SYNTHETIC*=病*", "" },
        { Name, "ＳＹＮＴＨＥＴＩＣ^ＯＮＥ", "2 1" },
        { Accession, "ACC2", "2" },
        { Accession, "ACC?", "2 1" },
        { Date, "20261102", "2" },
        { Date, "20261101-20261102", "2 1" },
        { Date, "20261102-", "3 2" },
        { Date, "-20261101", "1" },
        { Time, "10-11", "2 1" },
        { Time, "101530", "1" },
        { Time, "1015", "1" },
        { Time, "110001-", "3" },
        { Modalities, "MR", "2" },
        { Modalities, "MR\\US", "3 2" },
        { Modality, "CT", "2 1" },
        { Description, "CT*", "2 1" },
        { Description, "ct*", "" },
        { Description, "*", "3 2 1" },
    };

    [Theory]
    [MemberData(nameof(Studies))]
    public async Task Studies_match(uint tag, string value, string expected)
    {
        await FillAsync();
        Assert.Equal(expected, string.Join(' ', (await FindAsync(QueryLevel.Study, (tag, value))).Select(match => match.Key.StudyInstanceUid["2.25.".Length..])));
    }

    [Theory]
    [InlineData(QueryLevel.Study, 0x00080080u, 3)]
    [InlineData(QueryLevel.Study, 0x0008103Eu, 3)]
    [InlineData(QueryLevel.Study, 0x00080062u, 3)]
    [InlineData(QueryLevel.Study, 0x00091001u, 3)]
    [InlineData(QueryLevel.Patient, Accession, 2)]
    [InlineData(QueryLevel.Series, 0x00400275u, 4)]
    [InlineData(QueryLevel.Series, 0x00080080u, 0)]
    [InlineData(QueryLevel.Series, Accession, 0)]
    [InlineData(QueryLevel.Instance, 0x00200020u, 0)]
    public async Task A_key_that_is_not_matched_on_at_a_level_is_ignored_and_one_that_is_and_absent_matches_nothing(QueryLevel level, uint tag, int found)
    {
        await FillAsync();
        Assert.Equal(found, (await FindAsync(level, (tag, "NOWHERE"))).Count);
    }

    [Theory]
    [InlineData("SPS1", null, "2.25.1.1")]
    [InlineData("SPS*", null, "2.25.1.1 2.25.1.2")]
    [InlineData("SPS1", "RP1", "2.25.1.1")]
    [InlineData("SPS2", "RP1", "")]
    [InlineData("SPS4", null, "")]
    public async Task Keys_of_a_sequence_match_where_one_item_has_them_all(string step, string? procedure, string expected)
    {
        await new SyntheticInstance("2.25.9.1") { Requests = [("SPS1", "RP1"), ("SPS2", "RP2")] }.KeepAsync(Store.Instances);
        await new SyntheticInstance("2.25.9.2") { SeriesInstanceUid = "2.25.1.2", SeriesNumber = 2, Requests = [("SPS3", "RP3")] }.KeepAsync(Store.Instances);
        await new SyntheticInstance("2.25.9.3") { SeriesInstanceUid = "2.25.1.3", SeriesNumber = 3 }.KeepAsync(Store.Instances);

        List<AttributeMatch> keys = [new(0x00400009, step, 0x00400275), .. procedure is null ? (AttributeMatch[])[] : [new(0x00401001, procedure, 0x00400275)]];
        var found = await Store.Instances.QueryAsync(new(QueryLevel.Series, keys, 0, 10), Cancel);

        Assert.Equal(expected, string.Join(' ', found.Value.Select(match => match.Key.SeriesInstanceUid)));
        // Of a study it is not matched on.
        Assert.Single((await Store.Instances.QueryAsync(new(QueryLevel.Study, keys, 0, 10), Cancel)).Value);
    }

    [Fact]
    public async Task All_keys_must_match()
    {
        await FillAsync();

        Assert.Equal("2.25.2", Assert.Single(await FindAsync(QueryLevel.Study, (PatientId, "T0001"), (Modalities, "MR"), (Name, "SYN*"), (Time, "11"))).Key.StudyInstanceUid);
        Assert.Empty(await FindAsync(QueryLevel.Study, (PatientId, "T0003"), (Modalities, "MR")));
    }

    [Fact]
    public async Task A_study_says_its_counts_and_modalities()
    {
        await FillAsync();

        var study = JsonOf(Assert.Single(await FindAsync(QueryLevel.Study, (Study, "2.25.2"))))[1];

        Assert.Equal(["CT", "MR"], study.GetProperty("00080061").GetProperty("Value").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(2, study.GetProperty("00201206").GetProperty("Value")[0].GetInt32());
        Assert.Equal(5, study.GetProperty("00201208").GetProperty("Value")[0].GetInt32());
        Assert.Equal("ACC2", study.GetProperty("00080050").GetProperty("Value")[0].GetString());
    }

    [Fact]
    public async Task Patients_are_each_once()
    {
        await FillAsync();
        await new SyntheticInstance("2.25.9.77") { StudyInstanceUid = "2.25.77", SeriesInstanceUid = "2.25.77.1", PatientId = "", PatientName = "SYNTHETIC^WITHOUT" }.KeepAsync(Store.Instances);
        await new SyntheticInstance("2.25.9.78") { StudyInstanceUid = "2.25.78", SeriesInstanceUid = "2.25.78.1", PatientId = "", PatientName = "SYNTHETIC^WITHOUT" }.KeepAsync(Store.Instances);

        var patients = await FindAsync(QueryLevel.Patient);

        // Without a number two studies are not known to be of one patient.
        Assert.Equal(["SYNTHETIC^ONE", "SYNTHETIC^TWO", "SYNTHETIC^WITHOUT", "SYNTHETIC^WITHOUT"], patients.Select(NameOf).Order(StringComparer.Ordinal));
        Assert.All(patients, patient => Assert.Single(patient.Json));
        Assert.Equal("SYNTHETIC^TWO", NameOf(Assert.Single(await FindAsync(QueryLevel.Patient, (PatientId, "T0003")))));

        static string? NameOf(ImagingMatch patient) => JsonOf(patient)[0].GetProperty("00100010").GetProperty("Value")[0].GetProperty("Alphabetic").GetString();
    }

    [Fact]
    public async Task Series_match_in_the_order_of_their_numbers()
    {
        await FillAsync();

        var series = await FindAsync(QueryLevel.Series, (Study, "2.25.2"));
        Assert.Equal(["2.25.2.1", "2.25.2.2"], series.Select(match => match.Key.SeriesInstanceUid));
        Assert.Equal([3, 2], series.Select(match => JsonOf(match)[2].GetProperty("00201209").GetProperty("Value")[0].GetInt32()));
        Assert.Equal("2.25.2.2", Assert.Single(await FindAsync(QueryLevel.Series, (Modality, "MR"))).Key.SeriesInstanceUid);
        Assert.Equal("2.25.2.2", Assert.Single(await FindAsync(QueryLevel.Series, (Study, "2.25.2"), (SeriesNumber, "2"))).Key.SeriesInstanceUid);
        Assert.Equal("2.25.3.1", Assert.Single(await FindAsync(QueryLevel.Series, (Series, "2.25.3.1\\2.25.99"))).Key.SeriesInstanceUid);
    }

    [Fact]
    public async Task Instances_match_and_are_paged()
    {
        await FillAsync();

        var instances = await FindAsync(QueryLevel.Instance, (Study, "2.25.2"));
        Assert.Equal(["2.25.9.2.1.1", "2.25.9.2.1.2", "2.25.9.2.1.3", "2.25.9.2.2.1", "2.25.9.2.2.2"], instances.Select(match => match.Key.SopInstanceUid));
        Assert.All(instances, match => Assert.Equal(4, match.Json.Count));
        Assert.Equal("2.25.9.2.1.3", Assert.Single(await FindAsync(QueryLevel.Instance, (Series, "2.25.2.1"), (InstanceNumber, "3"))).Key.SopInstanceUid);
        Assert.Equal("2.25.9.2.1.3", Assert.Single(await FindAsync(QueryLevel.Instance, (Sop, "2.25.9.2.1.3"))).Key.SopInstanceUid);

        var paged = new List<string>();
        for (var skip = 0; skip < 7; skip += 2)
        {
            var page = await Store.Instances.QueryAsync(new(QueryLevel.Instance, [new(Study, "2.25.2"), new(InstanceNumber, "*")], skip, 2), Cancel);
            paged.AddRange(page.Value.Select(match => match.Key.SopInstanceUid));
        }

        Assert.Equal(instances.Select(match => match.Key.SopInstanceUid), paged);
        var rest = await Store.Instances.QueryAsync(new(QueryLevel.Instance, [new(Study, "2.25.2"), new(InstanceNumber, "1")], 1, 5), Cancel);
        Assert.Equal("2.25.9.2.2.1", Assert.Single(rest.Value).Key.SopInstanceUid);
    }

    [Fact]
    public async Task Only_what_these_sources_sent()
    {
        await FillAsync();
        await new SyntheticInstance("2.25.9.50") { StudyInstanceUid = "2.25.50", SeriesInstanceUid = "2.25.50.1", SourceId = "another-pacs" }.KeepAsync(Store.Instances);

        Assert.Equal("2.25.50", Assert.Single((await Store.Instances.QueryAsync(new(QueryLevel.Study, [], 0, 10, SourceIds: ["another-pacs"]), Cancel)).Value).Key.StudyInstanceUid);
        Assert.Equal(4, (await Store.Instances.QueryAsync(new(QueryLevel.Study, [], 0, 10, SourceIds: ["another-pacs", "synthetic-pacs"]), Cancel)).Value.Count);
        Assert.Empty((await Store.Instances.QueryAsync(new(QueryLevel.Study, [], 0, 10, SourceIds: []), Cancel)).Value);
        Assert.Empty((await Store.Instances.QueryAsync(new(QueryLevel.Study, [], 0, 10, PersonId: Synthetic.PersonId), Cancel)).Value);
    }

    [Fact]
    public async Task The_last_instance_says_what_a_study_is_like_but_not_whose_it_is()
    {
        await new SyntheticInstance("2.25.9.1").KeepAsync(Store.Instances);
        await new SyntheticInstance("2.25.9.2") { StudyDescription = "CT BRAIN WITH CONTRAST", PatientName = "SYNTHETIC^CORRECTED" }.KeepAsync(Store.Instances);
        await new SyntheticInstance("2.25.9.3") { PatientId = "T0002", PatientName = "SYNTHETIC^STRANGER" }.KeepAsync(Store.Instances);

        Assert.Single(await FindAsync(QueryLevel.Study, (Description, "*CONTRAST"), (Name, "SYNTHETIC^CORRECTED"), (PatientId, "T0001")));
        Assert.Empty(await FindAsync(QueryLevel.Study, (PatientId, "T0002")));
        Assert.Empty(await FindAsync(QueryLevel.Study, (Name, "*STRANGER")));
        Assert.Equal(3, (await FindAsync(QueryLevel.Instance, (Study, "2.25.1"))).Count);
    }

    [Fact]
    public async Task What_a_later_instance_leaves_empty_stays_as_it_was()
    {
        await new SyntheticInstance("2.25.9.1").KeepAsync(Store.Instances);
        var empty = new SyntheticInstance("2.25.9.2") { PatientName = "", PatientBirthDate = "", StudyDate = "", StudyTime = "", StudyDescription = "", Modality = "", SeriesNumber = null };
        Assert.True((await empty.KeepAsync(Store.Instances)).Accepted);
        await Store.ReopenAsync();
        Assert.True((await (empty with { SopInstanceUid = "2.25.9.3", StudyDescription = "CT BRAIN, DONE AGAIN" }).KeepAsync(Store.Instances)).Accepted);

        var found = Assert.Single(await FindAsync(QueryLevel.Series, (Name, "測試^病人"), (BirthDate, "19700131"), (Date, "20261101"), (Time, "101530"), (Description, "*AGAIN"), (Modality, "CT"), (SeriesNumber, "1")));
        Assert.Equal("2.25.1.1", found.Key.SeriesInstanceUid);
        Assert.Equal(["00080020", "00080030", "00080050", "00081030", "0020000D"], JsonOf(found)[1].EnumerateObject().Select(attribute => attribute.Name).Take(5));
    }

    [Theory]
    [InlineData(QueryLevel.Study, Date, "November")]
    [InlineData(QueryLevel.Study, Series, "2.25.2.1")]
    [InlineData(QueryLevel.Series, Sop, "2.25.9.1")]
    public async Task A_key_that_cannot_be_matched_is_refused(QueryLevel level, uint tag, string value) =>
        Assert.Equal(RejectionCode.SearchParameterInvalid, (await Store.Instances.QueryAsync(new(level, [new(tag, value)], 0, 10), Cancel)).Rejection?.Code);

    private async Task<IReadOnlyList<ImagingMatch>> FindAsync(QueryLevel level, params (uint Tag, string Value)[] matches)
    {
        var found = await Store.Instances.QueryAsync(new(level, [.. matches.Select(match => new AttributeMatch(match.Tag, match.Value))], 0, 100), Cancel);
        return found.Value;
    }

    private static List<JsonElement> JsonOf(ImagingMatch match) => [.. match.Json.Select(json => JsonDocument.Parse(Encoding.UTF8.GetString(json.Span)).RootElement)];

    /// <summary>Three studies: 1 and 2 of one patient, 3 of another; 2 with a CT and an MR series.</summary>
    private async Task FillAsync()
    {
        await new SyntheticInstance("2.25.9.1") { Length = 100 }.KeepAsync(Store.Instances);
        for (var series = 1; series <= 2; series++)
        {
            for (var number = 1; number <= 4 - series; number++)
            {
                var second = new SyntheticInstance($"2.25.9.2.{series}.{number}")
                {
                    Length = 100, StudyInstanceUid = "2.25.2", SeriesInstanceUid = $"2.25.2.{series}", AccessionNumber = "ACC2", StudyDate = "20261102", StudyTime = "110000.5",
                    Modality = series == 1 ? "CT" : "MR", SeriesNumber = series, InstanceNumber = number,
                };
                await second.KeepAsync(Store.Instances);
            }
        }

        var third = new SyntheticInstance("2.25.9.3")
        {
            Length = 100, StudyInstanceUid = "2.25.3", SeriesInstanceUid = "2.25.3.1", PatientId = "T0003", PatientName = "SYNTHETIC^TWO", PatientNameIdeographic = "仲宇^樣本",
            PatientNamePhonetic = "ちゅう^さんぷる", AccessionNumber = "", StudyDate = "20261103", StudyTime = "123000", StudyDescription = "US ABDOMEN", Modality = "US",
        };
        await third.KeepAsync(Store.Instances);
    }
}
