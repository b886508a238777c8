using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.PersonIndex;
using EHealthPlus.Routing.PersonIndex.Candidates;
using EHealthPlus.Tests.Routing.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Tests.Routing.PersonIndex;

public sealed class MatchingTests
{
    private static readonly Enrolment Citizen = new("A123456(3)", "TESTPATIENT", "Tai Man", "測試", AdministrativeSex.Female, new(1980, 2, 29));

    private readonly MemoryStore store = new();
    private readonly ManualTime time = new();
    private readonly IPersonIndex index;

    public MatchingTests() => index = MemoryIndex.On(store, time).Index;

    [Theory]
    [InlineData("A1234563", "NNHKG", "")]
    [InlineData("a123456(3)", "NNHKG", "")]
    [InlineData("A1234563", "HKID", "")]
    [InlineData("A1234563", "NI", "HKG")]
    [InlineData("HKID:A1234563", "", "")]
    public async Task The_card_number_is_known_by_its_type_or_its_prefix(string value, string type, string authority)
    {
        var person = await EnrolAsync();
        Assert.Equal(person, (await MatchAsync(Stated(document: new(value, authority, type, default)))).Value);
    }

    [Theory]
    [InlineData("A1234563", "MR", "HKG")]
    [InlineData("A1234563", "NI", "SGP")]
    [InlineData("A1234563", "PPN", "")]
    public async Task Other_numbers_are_no_card_number(string value, string type, string authority)
    {
        await EnrolAsync();
        Assert.Equal(RejectionCode.IdentityMissing, (await MatchAsync(Stated(document: new(value, authority, type, default)))).Rejection?.Code);
    }

    [Theory]
    [InlineData("TESTPATIENT", "Tai Man", true)]
    [InlineData("testpatient", "TAI-MAN", true)]
    [InlineData("Testpatient", "Taiman", true)]
    [InlineData("Tèstpatient", "Tai  Man", true)]
    [InlineData("Tai Man", "Testpatient", true)]
    [InlineData("ＴＥＳＴＰＡＴＩＥＮＴ", "Tai Man", true)]
    [InlineData("TESTPATIENT TAI MAN", "", true)]
    [InlineData("Tai Man Testpatient", "", true)]
    [InlineData("測試", "", true)]
    [InlineData("測", "試", true)]
    [InlineData("TESTPATIENT", "Tai", false)]
    [InlineData("TESTPATIENT", "Man Tai", false)]
    [InlineData("TESTPATIENTT", "ai Man", false)]
    [InlineData("TESTPATIENT", "", false)]
    [InlineData("試驗", "", false)]
    [InlineData("𡃁", "𠮷", false)]
    [InlineData("", "", false)]
    public async Task Names_agree_by_their_letters(string family, string given, bool agrees)
    {
        await EnrolAsync();
        var matched = await MatchAsync(Stated(names: [new(family, given, "")]));
        Assert.Equal(agrees, matched.Accepted);
        if (!agrees) Assert.Equal(new FieldLocation("PID", 1, 5), matched.Rejection?.Location);
    }

    [Fact]
    public async Task One_of_several_names_suffices_but_a_Chinese_one_does_not_outvote_the_Latin_one()
    {
        await EnrolAsync();
        Assert.True((await MatchAsync(Stated(names: [new("ALIAS", "OTHER", ""), new("TESTPATIENT", "TAI MAN", "A")]))).Accepted);
        Assert.True((await MatchAsync(Stated(names: [new("TESTPATIENT", "TAI MAN", "A"), new("测试", "", "I")]))).Accepted);
        Assert.Equal(RejectionCode.IdentityConflict, (await MatchAsync(Stated(names: [new("ALIAS", "OTHER", "A"), new("測試", "", "I")]))).Rejection?.Code);
    }

    [Theory]
    [InlineData("F", null)]
    [InlineData("M", RejectionCode.IdentityConflict)]
    [InlineData("O", RejectionCode.IdentityConflict)]
    [InlineData("U", RejectionCode.IdentityConflict)]
    [InlineData("", RejectionCode.IdentityConflict)]
    public async Task Sex_must_be_stated_and_agree(string sex, RejectionCode? refused)
    {
        await EnrolAsync();
        Assert.Equal(refused, (await MatchAsync(Stated(sex: sex))).Rejection?.Code);
    }

    [Theory]
    [InlineData("19800229", null)]
    [InlineData("198002290815+0800", null)]
    [InlineData("19800228", RejectionCode.IdentityConflict)]
    [InlineData("19800230", RejectionCode.BirthDateInvalid)]
    [InlineData("19810229", RejectionCode.BirthDateInvalid)]
    [InlineData("198002", RejectionCode.BirthDateInvalid)]
    [InlineData("1980", RejectionCode.BirthDateInvalid)]
    [InlineData("", RejectionCode.BirthDateInvalid)]
    [InlineData("29021980", RejectionCode.BirthDateInvalid)]
    [InlineData("19800229x", RejectionCode.BirthDateInvalid)]
    [InlineData("20260302", RejectionCode.IdentityConflict)]
    [InlineData("20260303", RejectionCode.BirthDateInFuture)]
    public async Task The_date_of_birth_is_a_whole_day_of_the_calendar_up_to_today(string date, RejectionCode? refused)
    {
        await EnrolAsync();
        var matched = await MatchAsync(Stated(birthDate: date));
        Assert.Equal(refused, matched.Rejection?.Code);
        if (refused is not null) Assert.Equal(new FieldLocation("PID", 1, 7), matched.Rejection?.Location);
    }

    /// <summary>At 18:00 UTC it is the next day in Hong Kong: who is born today there is not born in the future.</summary>
    [Fact]
    public async Task Today_is_today_in_Hong_Kong()
    {
        time.Advance(TimeSpan.FromHours(17));
        Assert.Equal(new(2026, 3, 2), DateOnly.FromDateTime(time.GetUtcNow().DateTime));
        Assert.Equal(RejectionCode.PersonUnknown, (await MatchAsync(Stated(birthDate: "20260303"))).Rejection?.Code);
        Assert.Equal(RejectionCode.BirthDateInFuture, (await MatchAsync(Stated(birthDate: "20260304"))).Rejection?.Code);
    }

    [Fact]
    public async Task A_wrong_check_digit_and_an_unknown_number_are_told_apart()
    {
        await EnrolAsync();
        var location = new FieldLocation("PID", 1, 3, 2);
        var wrong = await MatchAsync(Stated(document: new("A1234564", "", "NNHKG", location)));
        Assert.Equal((RejectionCode.IdentityDocumentInvalid, location), (wrong.Rejection!.Code, wrong.Rejection.Location));
        Assert.Equal(RejectionCode.PersonUnknown, (await MatchAsync(Stated(document: Document("G123456A")))).Rejection?.Code);
    }

    [Fact]
    public async Task A_local_number_is_remembered_and_stands_in_for_the_card_number_of_that_source_only()
    {
        var person = await EnrolAsync();
        Assert.Equal(RejectionCode.IdentityMissing, (await MatchAsync(Stated(document: null))).Rejection?.Code);
        await MatchAsync(Stated());
        Assert.Equal(person, (await MatchAsync(Stated(document: null))).Value);
        Assert.Equal(RejectionCode.IdentityConflict, (await MatchAsync(Stated(document: null, sex: "M"))).Rejection?.Code);
        Assert.Equal(RejectionCode.IdentityMissing, (await index.MatchAsync("other", Stated(document: null), null, CancellationToken.None)).Rejection?.Code);
        Assert.Equal(RejectionCode.IdentityMissing, (await MatchAsync(Stated(document: null, local: "MR2"))).Rejection?.Code);
    }

    [Fact]
    public async Task A_conflict_links_nothing()
    {
        await EnrolAsync();
        Assert.False((await MatchAsync(Stated(sex: "M"))).Accepted);
        Assert.Equal(RejectionCode.IdentityMissing, (await MatchAsync(Stated(document: null))).Rejection?.Code);
    }

    [Fact]
    public async Task A_local_number_of_one_person_with_the_card_number_of_another_is_a_conflict()
    {
        await EnrolAsync();
        await index.EnrolAsync(Citizen with { DocumentNumber = "G123456(A)" }, "test", Role.Registrar, false, CancellationToken.None);
        await MatchAsync(Stated());
        Assert.Equal(RejectionCode.IdentityConflict, (await MatchAsync(Stated(document: Document("G123456A")))).Rejection?.Code);
        Assert.Equal(RejectionCode.IdentityConflict, (await MatchAsync(Stated(document: Document("L5555550")))).Rejection?.Code);
    }

    [Fact]
    public async Task Enrolling_again_gives_the_same_person_where_it_may()
    {
        var person = await EnrolAsync();
        Assert.Equal(person, (await index.EnrolAsync(Citizen, "test", Role.Registrar, true, CancellationToken.None)).Value);
        Assert.Equal(RejectionCode.PersonAlreadyEnrolled, (await index.EnrolAsync(Citizen, "test", Role.Registrar, false, CancellationToken.None)).Rejection?.Code);
        var other = await index.EnrolAsync(Citizen with { Sex = AdministrativeSex.Male }, "test", Role.Registrar, true, CancellationToken.None);
        Assert.Equal(RejectionCode.IdentityConflict, other.Rejection?.Code);
        Assert.Equal(RejectionCode.IdentityDocumentInvalid, (await index.EnrolAsync(Citizen with { DocumentNumber = "A1234564" }, "test", Role.Registrar, true, CancellationToken.None)).Rejection?.Code);
        Assert.Equal(RejectionCode.BirthDateInFuture, (await index.EnrolAsync(Citizen with { BirthDate = new(2027, 1, 1) }, "test", Role.Registrar, true, CancellationToken.None)).Rejection?.Code);
        Assert.Single(await store.ForPersonAsync(person.Id, CancellationToken.None));
    }

    [Fact]
    public async Task After_a_withdrawal_enrolling_again_records_a_new_joining_consent()
    {
        var person = await EnrolAsync();
        var joining = Assert.Single(await store.ForPersonAsync(person.Id, CancellationToken.None));
        await store.RevokeAsync(joining.Id, time.GetUtcNow(), store.Audit[0], CancellationToken.None);
        Assert.Equal(person, (await index.EnrolAsync(Citizen, "test", Role.Registrar, false, CancellationToken.None)).Value);
        Assert.Single(await store.ForPersonAsync(person.Id, CancellationToken.None), consent => consent.Kind == ConsentKind.Joining && consent.RevokedAt is null);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public async Task A_message_that_is_processed_again_does_not_take_back_a_withdrawal(int hoursAfter, bool joins)
    {
        var person = await EnrolAsync();
        var joining = Assert.Single(await store.ForPersonAsync(person.Id, CancellationToken.None));
        var withdrawn = time.GetUtcNow().AddHours(2);
        await store.RevokeAsync(joining.Id, withdrawn, store.Audit[0], CancellationToken.None);
        time.Advance(TimeSpan.FromDays(300));
        var received = withdrawn.AddHours(hoursAfter);
        Assert.Equal(person, (await index.EnrolAsync(Citizen with { JoinedAt = received }, "source:lab", Role.Source, true, CancellationToken.None)).Value);
        var standing = (await store.ForPersonAsync(person.Id, CancellationToken.None)).Where(consent => consent.RevokedAt is null).Select(consent => consent.GivenAt);
        Assert.Equal(joins ? [received] : [], standing);
    }

    [Fact]
    public void An_enrolment_by_message_needs_all_four_fields()
    {
        Assert.Equal(Citizen with { DocumentNumber = "A1234563", ChineseName = "" }, index.ReadEnrolment(Stated()).Value);
        Assert.Equal("測試", index.ReadEnrolment(Stated(names: [new("測", "試", "I")])).Value.ChineseName);
        Assert.Equal(RejectionCode.IdentityMissing, index.ReadEnrolment(Stated(document: null)).Rejection?.Code);
        Assert.Equal(RejectionCode.RequiredFieldMissing, index.ReadEnrolment(Stated(sex: "U")).Rejection?.Code);
        Assert.Equal(RejectionCode.RequiredFieldMissing, index.ReadEnrolment(Stated(names: [])).Rejection?.Code);
        Assert.Equal(RejectionCode.BirthDateInvalid, index.ReadEnrolment(Stated(birthDate: "20010230")).Rejection?.Code);
    }

    [Fact]
    public async Task A_merge_brings_the_prior_numbers_to_the_survivor_unless_they_are_anothers()
    {
        var person = await EnrolAsync();
        await MatchAsync(Stated());
        Assert.Null(await index.MergeAsync("lab", [new(person, [new("MR0", "HOSP", "MR", default)])], CancellationToken.None));
        Assert.Equal(person, (await MatchAsync(Stated(document: null, local: "MR0"))).Value);

        var other = (await index.EnrolAsync(Citizen with { DocumentNumber = "G123456(A)" }, "test", Role.Registrar, false, CancellationToken.None)).Value;
        Assert.Equal(RejectionCode.MergeConflict, (await index.MergeAsync("lab", [new(other, [new("MR0", "HOSP", "MR", default)])], CancellationToken.None))?.Code);
        Assert.Equal(RejectionCode.MergeConflict, (await index.MergeAsync("lab", [new(other, [Document("A1234563")])], CancellationToken.None))?.Code);
    }

    [Fact]
    public async Task Of_several_merges_none_is_done_where_one_number_was_taken_from_its_survivor()
    {
        var person = await EnrolAsync();
        var other = (await index.EnrolAsync(Citizen with { DocumentNumber = "G123456(A)" }, "test", Role.Registrar, false, CancellationToken.None)).Value;
        store.Bar(new("lab", "HOSP", "MR9"), other.Id);
        StatedIdentifier[] first = [new("MR0", "HOSP", "MR", default)], barred = [new("MR9", "HOSP", "MR", default)];
        Assert.Equal(RejectionCode.MergeConflict, (await index.MergeAsync("lab", [new(person, first), new(other, barred)], CancellationToken.None))?.Code);
        Assert.Null((await index.FindAsync("lab", first, CancellationToken.None)).Value);
        Assert.Null(await index.MergeAsync("lab", [new(person, first)], CancellationToken.None));
        Assert.Equal(person, (await index.FindAsync("lab", first, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task Blocking_keys_are_made_again_until_the_store_takes_them()
    {
        store.BlockFaults = 2;
        using var keeping = new BlockKeeping(store, time, NullLogger<BlockKeeping>.Instance);
        await keeping.StartAsync(CancellationToken.None);
        for (var patience = 0; store.BlockScheme != Blocks.Scheme && patience < 1_000; patience++)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Blocks.Scheme, store.BlockScheme);
        await keeping.ExecuteTask!;
        await keeping.StopAsync(CancellationToken.None);
    }

    private static StatedIdentifier Document(string number) => new(number, "HKG", "NNHKG", default);

    private static PatientAsStated Stated(StatedName[]? names = null, string birthDate = "19800229", string sex = "F", string local = "MR1") =>
        Stated(Document("A1234563"), names, birthDate, sex, local);

    private static PatientAsStated Stated(StatedIdentifier? document, StatedName[]? names = null, string birthDate = "19800229", string sex = "F", string local = "MR1")
    {
        StatedIdentifier[] identifiers = document is null ? [new(local, "HOSP", "MR", default)] : [new(local, "HOSP", "MR", default), document];
        return new(identifiers, names ?? [new("TESTPATIENT", "Tai Man", "")], birthDate, sex, []);
    }

    private async Task<Person> EnrolAsync() => (await index.EnrolAsync(Citizen, "test", Role.Registrar, false, CancellationToken.None)).Value;

    private Task<Result<Person>> MatchAsync(PatientAsStated stated) => index.MatchAsync("lab", stated, null, CancellationToken.None);
}
