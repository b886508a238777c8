using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.PersonIndex;

/// <summary>What no rule can match waits for a registrar, and is never linked before.</summary>
public sealed class ReviewTests
{
    private static readonly Enrolment Mother = new("A1234563", "CHAN", "TAI MAN", "陳大文", AdministrativeSex.Female, new(1990, 5, 17));

    private static readonly AccessPrincipal Registrar = new("registrar", Role.Registrar, null, null);

    private readonly MemoryStore store = new();
    private readonly MemoryIndex index;

    public ReviewTests() => index = MemoryIndex.On(store, new ManualTime());

    [Theory]
    [InlineData("CHAN", "TAI MAN")]
    [InlineData("CHEN", "DAWEN")]
    [InlineData("陈", "大文")]
    [InlineData("7115", "1129 2429")]
    public async Task Without_a_number_a_likely_person_is_queued_and_not_linked(string family, string given)
    {
        var person = await EnrolAsync(Mother);
        var matched = await MatchAsync(Stated("MR1", family, given), 7);
        Assert.Equal(RejectionCode.IdentityUnderReview, matched.Rejection?.Code);
        var review = Assert.Single(index.Reviews.All);
        Assert.Equal((ReviewCause.NoNumber, person.Id, 7L), (review.Cause, Assert.Single(review.Candidates).PersonId, Assert.Single(review.Deposits).Value));
        Assert.Equal("review-open", store.Audit[^1].Action);
    }

    /// <summary>Passport (PPN), Mainland resident's card (NNCHN), Macao's: no rule links by them, and a registrar sees who it could be.</summary>
    [Theory]
    [InlineData("K1234567", "CHN", "PPN")]
    [InlineData("11010519900517002X", "CHN", "NNCHN")]
    [InlineData("1234567(8)", "MAC", "NNMAC")]
    public async Task Somebody_with_a_foreign_document_is_queued_and_linked_by_a_registrar_only(string number, string authority, string type)
    {
        var person = await EnrolAsync(Mother);
        var stated = new PatientAsStated([new(number, authority, type, default)], [new("CHEN", "DAWEN", "")], "19900517", "F", []);
        Assert.Equal(RejectionCode.IdentityUnderReview, (await MatchAsync(stated)).Rejection?.Code);
        var review = Assert.Single(index.Reviews.All);
        Assert.Equal((ReviewCause.NoNumber, person.Id), (review.Cause, Assert.Single(review.Candidates).PersonId));
        Assert.DoesNotContain(store.Audit, entry => entry.Action == "link");
        await index.Desk.DecideAsync(review.Id, person.Id, Registrar, "Both documents seen", CancellationToken.None);
        Assert.Equal(person, (await MatchAsync(stated)).Value);
    }

    [Fact]
    public async Task Nobody_like_it_is_refused_at_once()
    {
        await EnrolAsync(Mother);
        Assert.Equal(RejectionCode.IdentityMissing, (await MatchAsync(Stated("MR1", "WONG", "SIU MING", "20010101"))).Rejection?.Code);
        Assert.Empty(index.Reviews.All);
    }

    [Fact]
    public async Task A_registrars_link_holds_for_the_same_statement_and_replays_what_waited()
    {
        var person = await EnrolAsync(Mother);
        var stated = Stated("MR1", "CHEN", "DAWEN");
        await MatchAsync(stated, 7);
        await MatchAsync(stated, 8);
        var decided = await index.Desk.DecideAsync(1, person.Id, Registrar, "Birth certificate seen", CancellationToken.None);
        Assert.Equal(ReviewState.Linked, decided.Value.State);
        await TestHub.UntilAsync(() => index.Resumed.Count == 2);
        Assert.Equal([7, 8], index.Resumed.Select(deposit => deposit.Value));
        Assert.Equal(person, (await MatchAsync(stated)).Value);

        // Linked is the local number, not the name: another name under it is a conflict again.
        Assert.Equal(RejectionCode.IdentityConflict, (await MatchAsync(Stated("MR1", "HUANG", "DAWEN"))).Rejection?.Code);
        Assert.Equal(RejectionCode.VersionConflict, (await index.Desk.DecideAsync(1, null, Registrar, "again", CancellationToken.None)).Rejection?.Code);
    }

    [Fact]
    public async Task What_a_registrar_dismissed_is_refused_and_not_asked_again()
    {
        await EnrolAsync(Mother);
        var stated = Stated("MR1", "CHEN", "DAWEN");
        await MatchAsync(stated);
        await index.Desk.DecideAsync(1, null, Registrar, "Somebody else", CancellationToken.None);
        Assert.Equal(RejectionCode.IdentityMissing, (await MatchAsync(stated)).Rejection?.Code);
        Assert.Single(index.Reviews.All);
    }

    [Fact]
    public async Task A_decision_needs_a_reason_and_a_person_who_is_there()
    {
        await EnrolAsync(Mother);
        await MatchAsync(Stated("MR1", "CHEN", "DAWEN"));
        Assert.Equal(RejectionCode.ReasonMissing, (await index.Desk.DecideAsync(1, null, Registrar, "  ", CancellationToken.None)).Rejection?.Code);
        Assert.Equal(RejectionCode.ResourceNotFound, (await index.Desk.DecideAsync(1, "nobody", Registrar, "why", CancellationToken.None)).Rejection?.Code);
        Assert.Equal(RejectionCode.ResourceNotFound, (await index.Desk.DecideAsync(9, null, Registrar, "why", CancellationToken.None)).Rejection?.Code);
    }

    [Fact]
    public async Task A_conflict_is_refused_and_queued()
    {
        var person = await EnrolAsync(Mother);
        Assert.Equal(RejectionCode.IdentityConflict, (await MatchAsync(Stated("MR1", "CHAN", "TAI MAN", document: "A1234563", sex: "M"))).Rejection?.Code);
        var review = Assert.Single(index.Reviews.All);
        Assert.Equal((ReviewCause.Conflict, person.Id), (review.Cause, Assert.Single(review.Candidates).PersonId));
    }

    /// <summary>A, L and W have the same check value: the check character does not notice that letter.</summary>
    [Theory]
    [InlineData("L1234563")]
    [InlineData("W1234563")]
    public async Task A_prefix_letter_that_the_check_misses_links_nobody(string number)
    {
        await EnrolAsync(Mother);
        Assert.Equal(RejectionCode.IdentityUnderReview, (await MatchAsync(Stated("MR1", "CHAN", "TAI MAN", document: number))).Rejection?.Code);
        Assert.Equal(ReviewCause.NearNumber, Assert.Single(index.Reviews.All).Cause);
        Assert.Equal(RejectionCode.PersonUnknown, (await MatchAsync(Stated("MR2", "WONG", "TAI MAN", document: number))).Rejection?.Code);
    }

    [Fact]
    public async Task A_baby_under_the_mothers_number_is_not_the_mother()
    {
        await EnrolAsync(Mother);
        var matched = await MatchAsync(Stated("MR1", "CHAN", "BABY GIRL", "20260228", document: "A1234563"));
        Assert.Equal(RejectionCode.IdentityConflict, matched.Rejection?.Code);
    }

    [Fact]
    public async Task A_newborn_without_a_number_is_not_offered_the_mother()
    {
        await EnrolAsync(Mother);
        Assert.Equal(RejectionCode.IdentityMissing, (await MatchAsync(Stated("MR1", "CHAN", "BABY GIRL", "20260228"))).Rejection?.Code);
    }

    [Fact]
    public async Task Twins_are_both_offered_and_neither_linked()
    {
        var first = await EnrolAsync(Mother with { DocumentNumber = "G123456A", GivenName = "KA YAN", ChineseName = "陳家欣", BirthDate = new(2020, 1, 2) });
        var second = await EnrolAsync(Mother with { DocumentNumber = "L5555550", GivenName = "KA YEE", ChineseName = "陳家怡", BirthDate = new(2020, 1, 2) });
        Assert.Equal(RejectionCode.IdentityUnderReview, (await MatchAsync(Stated("MR1", "CHAN", "KA YEE", "20200102"))).Rejection?.Code);
        Assert.Equal([second.Id, first.Id], Assert.Single(index.Reviews.All).Candidates.Select(candidate => candidate.PersonId));
        Assert.Equal(RejectionCode.IdentityConflict, (await MatchAsync(Stated("MR2", "CHAN", "KA YEE", "20200102", document: "G123456A"))).Rejection?.Code);
    }

    [Fact]
    public async Task Two_of_the_same_name_and_birthday_are_told_apart_by_number_only()
    {
        var first = await EnrolAsync(Mother);
        var second = await EnrolAsync(Mother with { DocumentNumber = "G123456A" });
        Assert.Equal(first, (await MatchAsync(Stated("MR1", "CHAN", "TAI MAN", document: "A1234563"))).Value);
        Assert.Equal(second, (await MatchAsync(Stated("MR2", "CHAN", "TAI MAN", document: "G123456A"))).Value);
        Assert.Equal(RejectionCode.IdentityUnderReview, (await MatchAsync(Stated("MR3", "CHAN", "TAI MAN"))).Rejection?.Code);
        Assert.Equal(2, Assert.Single(index.Reviews.All).Candidates.Count);
    }

    [Fact]
    public async Task A_number_that_was_taken_from_a_person_is_not_linked_again_by_rule()
    {
        var person = await EnrolAsync(Mother);
        var stated = Stated("MR1", "CHAN", "TAI MAN", document: "A1234563");
        Assert.True((await MatchAsync(stated)).Accepted);
        var without = Stated("MR1", "CHAN", "TAI MAN");
        Assert.True((await MatchAsync(without)).Accepted);
        await index.Index.UnlinkAsync("lab", [(stated, person), (without, person)], new(9), CancellationToken.None);
        Assert.False((await MatchAsync(without)).Accepted);
        Assert.Equal(RejectionCode.IdentityConflict, (await MatchAsync(stated)).Rejection?.Code);
    }

    [Fact]
    public async Task A37_of_two_numbers_alike_asks_a_registrar()
    {
        var person = await EnrolAsync(Mother);
        var (one, two) = (Stated("MR1", "CHAN", "TAI MAN"), Stated("MR2", "CHAN", "TAI MAN"));
        var refused = await index.Index.UnlinkAsync("lab", [(one, person), (two, person)], new(9), CancellationToken.None);
        Assert.Equal(RejectionCode.IdentityUnderReview, refused?.Code);
        var review = Assert.Single(index.Reviews.All);
        Assert.Equal(ReviewCause.DisputedNumbers, review.Cause);
        await index.Desk.DecideAsync(review.Id, null, Registrar, "Two patients", CancellationToken.None);
        Assert.Null(await index.Index.UnlinkAsync("lab", [(one, person), (two, person)], new(9), CancellationToken.None));
        Assert.Equal([(new("lab", "HOSP", "MR2"), person.Id)], store.Barred);
    }

    [Fact]
    public async Task A24_links_a_number_whose_fields_agree_and_no_other()
    {
        var person = await EnrolAsync(Mother);
        Assert.False(await index.Index.LinkAsync("lab", Stated("MR1", "CHAN", "SIU MAN"), person, CancellationToken.None));
        Assert.False(await index.Index.LinkAsync("lab", Stated("MR1", "CHAN", "TAI MAN", document: "A1234563"), person, CancellationToken.None));
        Assert.True(await index.Index.LinkAsync("lab", Stated("MR1", "CHAN", "TAI MAN"), person, CancellationToken.None));
        Assert.Equal(person, (await MatchAsync(Stated("MR1", "CHAN", "TAI MAN"))).Value);
    }

    [Fact]
    public async Task A24_closes_the_review_that_is_open_about_the_same_patient_and_says_so()
    {
        var person = await EnrolAsync(Mother);
        foreach (var deposit in (long[])[5, 6]) Assert.Equal(RejectionCode.IdentityUnderReview, (await MatchAsync(Stated("MR1", "CHAN", "TAI MAN"), deposit)).Rejection?.Code);
        Assert.Equal(RejectionCode.IdentityUnderReview, (await MatchAsync(Stated("MR2", "CHAN", "TAI MAN"), 7)).Rejection?.Code);

        Assert.True(await index.Index.LinkAsync("lab", Stated("MR1", "CHAN", "TAI MAN"), person, CancellationToken.None));
        Assert.True(await index.Index.LinkAsync("lab", Stated("MR1", "CHAN", "TAI MAN"), person, CancellationToken.None));

        Assert.Equal([ReviewState.Linked, ReviewState.Open], index.Reviews.All.Select(review => review.State));
        var decision = index.Reviews.All[0].Decision!;
        Assert.Equal((person.Id, "source:lab"), (decision.PersonId, decision.By));
        Assert.StartsWith("ADT^A24", decision.Reason, StringComparison.Ordinal);
        Assert.Equal("source", Assert.Single(store.Audit, entry => entry.Action == AuditAction.ReviewDecide).Role);
        await TestHub.UntilAsync(() => index.Resumed.Count == 2);
        Assert.Equal([new(5), new(6)], index.Resumed);
    }

    private static PatientAsStated Stated(string local, string family, string given, string birthDate = "19900517", string? document = null, string sex = "F")
    {
        List<StatedIdentifier> identifiers = [new(local, "HOSP", "MR", default)];
        if (document is not null) identifiers.Add(new(document, "HKG", "NNHKG", default));
        return new(identifiers, [new(family, given, "")], birthDate, sex, []);
    }

    private async Task<Person> EnrolAsync(Enrolment enrolment) => (await index.Index.EnrolAsync(enrolment, "test", Role.Registrar, false, CancellationToken.None)).Value;

    private Task<Result<Person>> MatchAsync(PatientAsStated stated, long deposit = 1) => index.Index.MatchAsync("lab", stated, new(deposit), CancellationToken.None);
}
