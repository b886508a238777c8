using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

/// <summary>Blocks, amendments, unlinking, merges and splits, with their history and what becomes of the record.</summary>
public abstract class PersonLinksCompliance : StoreCompliance
{
    private static readonly PatientAlias First = new("synthetic-lab", "HOSP", "MRN1");
    private static readonly PatientAlias Second = new("synthetic-hospital", "HOSP", "MRN2");
    private static readonly IndexAct Act = new("registrar", Noon, "Two cards of one person seen");

    [Fact]
    public async Task A_person_is_found_by_a_shared_block_and_by_the_new_ones_after_an_amendment()
    {
        var person = await AddAsync("A1234563", [11, 12]);
        await AddAsync("G123456A", [13]);
        Assert.Equal([person], await Store.Persons.FindByBlocksAsync([12, 99], 10, Cancel));
        var amended = person with { GivenName = "SYNTHETIC TWO", Assurance = IndexAssurance.Of(Assurance.ChipRead) };
        await Store.Persons.AmendAsync(amended, [11, 12], [12, 14], Act, Audit("amend"), Cancel);
        Assert.Empty(await Store.Persons.FindByBlocksAsync([11], 10, Cancel));
        Assert.Equal([amended], await Store.Persons.FindByBlocksAsync([14], 10, Cancel));
        Assert.Equal(PersonEventKind.Amended, Assert.Single(await Store.PersonLinks.HistoryAsync(person.Id, 10, Cancel)).Kind);
    }

    [Fact]
    public async Task Blocks_are_made_anew_by_another_rule()
    {
        var person = await AddAsync("A1234563", [11]);
        await Store.Persons.BlockAgainAsync(7, _ => [21], Cancel);
        await Store.ReopenAsync();
        Assert.Equal(7, await Store.Persons.BlockSchemeAsync(Cancel));
        Assert.Empty(await Store.Persons.FindByBlocksAsync([11], 10, Cancel));
        Assert.Equal([person], await Store.Persons.FindByBlocksAsync([21], 10, Cancel));
    }

    [Fact]
    public async Task Blocks_stand_while_others_are_made_and_after_a_fault_they_are_made_again()
    {
        var (person, other) = (await AddAsync("A1234563", [11]), await AddAsync("G123456A", [12]));
        IReadOnlyList<long> Broken(Person each) => each.Id == person.Id ? [21] : throw new IOException("synthetic");
        await Assert.ThrowsAsync<IOException>(() => Store.Persons.BlockAgainAsync(7, Broken, Cancel));
        Assert.NotEqual(7, await Store.Persons.BlockSchemeAsync(Cancel));
        Assert.Equal([person], await Store.Persons.FindByBlocksAsync([11], 10, Cancel));
        Assert.Equal([other], await Store.Persons.FindByBlocksAsync([12], 10, Cancel));
        await Store.Persons.BlockAgainAsync(7, each => each.Id == person.Id ? [21] : [12, 22], Cancel);
        Assert.Equal([person], await Store.Persons.FindByBlocksAsync([11, 21], 10, Cancel));
        Assert.Equal([other], await Store.Persons.FindByBlocksAsync([12], 10, Cancel));
        Assert.Equal([other], await Store.Persons.FindByBlocksAsync([22], 10, Cancel));
    }

    [Fact]
    public async Task A_number_that_was_taken_from_a_person_stays_barred_after_a_merge_and_only_there()
    {
        var (survivor, merged, other) = (await AddAsync("A1234563", []), await AddAsync("G123456A", []), await AddAsync("L5555550", []));
        await Store.Persons.LinkAsync(merged.Id, [First], Act, Audit("link"), Cancel);
        await Store.PersonLinks.UnlinkAsync(merged.Id, [First], Act, Audit("unlink"), Cancel);
        Assert.True(await Store.PersonLinks.MergeAsync(survivor.Id, merged.Id, Act, Audit("merge"), Cancel));

        Assert.False(await Store.Persons.LinkAsync(survivor.Id, [First], Act, Audit("link"), Cancel));
        Assert.Null(await Store.Persons.FindByAliasAsync(First, Cancel));
        Assert.True(await Store.Persons.LinkAsync(other.Id, [First], Act, Audit("link"), Cancel));
    }

    [Fact]
    public async Task Numbers_of_several_persons_are_linked_all_or_none()
    {
        var (one, two) = (await AddAsync("A1234563", []), await AddAsync("G123456A", []));
        await Store.PersonLinks.UnlinkAsync(two.Id, [Second], Act, Audit("unlink"), Cancel);
        Assert.False(await Store.Persons.LinkAsync([new(one.Id, [First], Audit("link", one.Id)), new(two.Id, [Second], Audit("link", two.Id))], Act, Cancel));
        Assert.Null(await Store.Persons.FindByAliasAsync(First, Cancel));
        Assert.DoesNotContain(await Store.Audit.ListAsync(null, 50, Cancel), entry => entry.Action == "link");

        Assert.True(await Store.Persons.LinkAsync([new(one.Id, [First], Audit("link", one.Id)), new(two.Id, [Second with { Value = "MRN3" }], Audit("link", two.Id))], Act, Cancel));
        Assert.Equal(one, await Store.Persons.FindByAliasAsync(First, Cancel));
        Assert.Equal(two, await Store.Persons.FindByAliasAsync(Second with { Value = "MRN3" }, Cancel));
        Assert.Equal(2, (await Store.Audit.ListAsync(null, 50, Cancel)).Count(entry => entry.Action == "link"));
    }

    [Fact]
    public async Task A_number_that_moves_stands_in_the_history_of_both()
    {
        var (one, two) = (await AddAsync("A1234563", []), await AddAsync("G123456A", []));
        await Store.Persons.LinkAsync(one.Id, [First], Act, Audit("link"), Cancel);
        await Store.Persons.LinkAsync(two.Id, [First], Act with { Reason = "Seen the card" }, Audit("link"), Cancel);
        Assert.Equal([(PersonEventKind.Unlinked, First, "Seen the card"), (PersonEventKind.Linked, First, Act.Reason)], (await Store.PersonLinks.HistoryAsync(one.Id, 10, Cancel)).Select(each => (each.Kind, each.Number!, each.Reason)));
        Assert.Equal([PersonEventKind.Linked], (await Store.PersonLinks.HistoryAsync(two.Id, 10, Cancel)).Select(each => each.Kind));
    }

    [Fact]
    public async Task An_unlinked_number_takes_its_sources_data_out_of_the_record_and_stays_unlinked()
    {
        var person = await AddAsync("A1234563", []);
        await Store.Persons.LinkAsync(person.Id, [First], Act, Audit("link"), Cancel);
        var deposit = await DeliverAsync("C1", person.Id, "o1");
        var unfinished = Assert.Single(await Store.PersonLinks.UnlinkAsync(person.Id, [First], Act, Audit("unlink"), Cancel));

        Assert.Equal((deposit, "synthetic-lab", DepositState.Received), (unfinished.DepositId, unfinished.SourceId, unfinished.State));
        Assert.Null(await Store.Record.ReadAsync("Observation", "o1", null, Cancel));
        Assert.Equal(DepositState.Received, (await Store.Deposits.LoadSagaAsync(deposit, Cancel))?.State);
        Assert.Null(await Store.Persons.FindByAliasAsync(First, Cancel));
        Assert.False(await Store.Persons.LinkAsync(person.Id, [First], Act, Audit("link"), Cancel));
        Assert.Single(await Store.Audit.ListAsync(null, 50, Cancel), entry => entry.Action == "link");
        Assert.Null(await Store.Persons.FindByAliasAsync(First, Cancel));
        Assert.Equal([PersonEventKind.Unlinked, PersonEventKind.Linked], (await Store.PersonLinks.HistoryAsync(person.Id, 10, Cancel)).Select(each => each.Kind));
    }

    [Fact]
    public async Task What_was_withheld_comes_back_when_its_deposit_is_decided_again()
    {
        var (person, other) = (await AddAsync("A1234563", []), await AddAsync("G123456A", []));
        var deposit = await DeliverAsync("C1", person.Id, "o1");
        await Store.Persons.LinkAsync(person.Id, [First], Act, Audit("link"), Cancel);
        await Store.PersonLinks.UnlinkAsync(person.Id, [First], Act, Audit("unlink"), Cancel);
        var saga = (await Store.Deposits.LoadSagaAsync(deposit, Cancel))!;
        var again = Commit(deposit, version: saga.Version, resources: [Resource("Observation", "o1", mode: EHealthPlus.Routing.Contracts.Messages.WriteMode.CreateIfAbsent)], personId: other.Id);
        Assert.True((await Store.Deposits.CommitAsync(again, Cancel)).Accepted);
        Assert.Equal(other.Id, (await Store.Record.ReadAsync("Observation", "o1", null, Cancel))?.PersonId);
    }

    [Fact]
    public async Task What_stood_in_anothers_record_does_not_follow_a_resource_into_this_one()
    {
        var (person, other) = (await AddAsync("A1234563", []), await AddAsync("G123456A", []));
        await Store.Persons.LinkAsync(person.Id, [First], Act, Audit("link"), Cancel);
        await DeliverAsync("C1", person.Id, "o1");
        await DeliverAsync("C2", person.Id, "o1", "\"status\":\"amended\"");
        Assert.Equal([2, 1], (await Store.Record.HistoryAsync("Observation", "o1", Cancel)).Select(version => version.Version));

        await Store.PersonLinks.UnlinkAsync(person.Id, [First], Act, Audit("unlink"), Cancel);
        Assert.Empty(await Store.Record.HistoryAsync("Observation", "o1", Cancel));
        await DeliverAsync("C3", other.Id, "o1", "\"status\":\"final\"");
        Assert.Equal([(3, other.Id)], (await Store.Record.HistoryAsync("Observation", "o1", Cancel)).Select(version => (version.Version, version.PersonId)));
        Assert.Null(await Store.Record.ReadAsync("Observation", "o1", 2, Cancel));
        // Nor are the deposits of those days identified again with the other's.
        await Store.Persons.LinkAsync(other.Id, [Second with { SourceId = "synthetic-lab" }], Act, Audit("link"), Cancel);
        Assert.Single(await Store.PersonLinks.UnlinkAsync(other.Id, [Second with { SourceId = "synthetic-lab" }], Act, Audit("unlink"), Cancel));

        await DeliverAsync("C4", person.Id, "o1", "\"status\":\"final\"");
        Assert.Equal([4, 2, 1], (await Store.Record.HistoryAsync("Observation", "o1", Cancel)).Select(version => version.Version));
    }

    [Fact]
    public async Task What_is_identified_again_as_the_same_persons_keeps_its_history()
    {
        var person = await AddAsync("A1234563", []);
        await Store.Persons.LinkAsync(person.Id, [First], Act, Audit("link"), Cancel);
        await DeliverAsync("C1", person.Id, "o1");
        await Store.PersonLinks.UnlinkAsync(person.Id, [First], Act, Audit("unlink"), Cancel);
        await DeliverAsync("C2", person.Id, "o1", "\"status\":\"final\"");
        Assert.Equal([2, 1], (await Store.Record.HistoryAsync("Observation", "o1", Cancel)).Select(version => version.Version));
    }

    [Fact]
    public async Task A_merge_brings_numbers_and_record_together_and_a_split_takes_them_apart_again()
    {
        var (survivor, merged) = (await AddAsync("A1234563", [11]), await AddAsync("G123456A", [12]));
        await Store.Persons.LinkAsync(merged.Id, [First], Act, Audit("link"), Cancel);
        await DeliverAsync("C1", merged.Id, "o1");
        Assert.True(await Store.PersonLinks.MergeAsync(survivor.Id, merged.Id, Act, Audit("merge"), Cancel));

        await Store.ReopenAsync();
        Assert.Equal(survivor, await Store.Persons.FindByDocumentAsync("G123456A", Cancel));
        Assert.Equal(survivor, await Store.Persons.FindByAliasAsync(First, Cancel));
        Assert.Equal([survivor], await Store.Persons.FindByBlocksAsync([12], 10, Cancel));
        Assert.Equal(survivor.Id, (await Store.Persons.GetAsync(merged.Id, Cancel))?.MergedInto);
        Assert.Equal(merged.Id, Assert.Single(await Store.PersonLinks.MergedAsync(survivor.Id, Cancel)).Id);
        Assert.Equal(survivor.Id, (await Store.Record.ReadAsync("Observation", "o1", null, Cancel))?.PersonId);
        var step = (await Store.PersonLinks.HistoryAsync(survivor.Id, 10, Cancel))[0];
        Assert.Equal((PersonEventKind.Merged, "registrar", merged.Id, Act.Reason, Noon), (step.Kind, step.Actor, step.OtherId, step.Reason, step.At));

        Assert.Empty((await Store.PersonLinks.SplitAsync(merged.Id, Act, Audit("split"), Cancel))!);
        Assert.Equal(merged, await Store.Persons.FindByDocumentAsync("G123456A", Cancel));
        Assert.Equal(merged, await Store.Persons.FindByAliasAsync(First, Cancel));
        Assert.Equal(merged.Id, (await Store.Record.ReadAsync("Observation", "o1", null, Cancel))?.PersonId);
        Assert.Equal([PersonEventKind.Split, PersonEventKind.Merged, PersonEventKind.Linked], (await Store.PersonLinks.HistoryAsync(merged.Id, 10, Cancel)).Select(each => each.Kind));
        Assert.Null(await Store.PersonLinks.SplitAsync(merged.Id, Act, Audit("split"), Cancel));
    }

    [Fact]
    public async Task What_came_after_the_merge_is_identified_again_at_the_split()
    {
        var (survivor, merged) = (await AddAsync("A1234563", []), await AddAsync("G123456A", []));
        await Store.Persons.LinkAsync(merged.Id, [First], Act, Audit("link"), Cancel);
        await Store.PersonLinks.MergeAsync(survivor.Id, merged.Id, Act, Audit("merge"), Cancel);
        var later = await DeliverAsync("C2", survivor.Id, "o2");
        Assert.Equal(later, Assert.Single((await Store.PersonLinks.SplitAsync(merged.Id, Act, Audit("split"), Cancel))!).DepositId);
        Assert.Null(await Store.Record.ReadAsync("Observation", "o2", null, Cancel));
    }

    [Fact]
    public async Task Merges_do_not_chain()
    {
        var (one, two, three) = (await AddAsync("A1234563", []), await AddAsync("G123456A", []), await AddAsync("L5555550", []));
        Assert.False(await Store.PersonLinks.MergeAsync(one.Id, one.Id, Act, Audit("merge"), Cancel));
        Assert.True(await Store.PersonLinks.MergeAsync(one.Id, two.Id, Act, Audit("merge"), Cancel));
        Assert.False(await Store.PersonLinks.MergeAsync(two.Id, three.Id, Act, Audit("merge"), Cancel));
        Assert.False(await Store.PersonLinks.MergeAsync(three.Id, one.Id, Act, Audit("merge"), Cancel));
        Assert.True(await Store.PersonLinks.MergeAsync(one.Id, three.Id, Act, Audit("merge"), Cancel));
        Assert.Equal(2, (await Store.PersonLinks.MergedAsync(one.Id, Cancel)).Count);
    }

    [Fact]
    public async Task A_review_is_kept_until_it_is_decided_and_its_decision_links()
    {
        var person = await AddAsync("A1234563", []);
        var stated = new StatedIdentity("synthetic-hospital", Id("statement"), [new("MRN2", "HOSP", "MR", new("PID", 1, 3))], [new("TESTPATIENT", "SYNTHETIC", "A")], "19700131", "F", [Second]);
        var (first, second) = (await JournalAsync("C1"), await JournalAsync("C2"));
        Assert.True(await Store.IdentityReviews.OpenAsync(ReviewCause.NoNumber, stated, [new(person.Id, 21.5)], second, Audit("review-open", null), Cancel));
        Assert.True(await Store.IdentityReviews.OpenAsync(ReviewCause.NoNumber, stated, [], first, Audit("review-open", null), Cancel));
        Assert.True(await Store.IdentityReviews.OpenAsync(ReviewCause.NoNumber, stated, [], first, Audit("review-open", null), Cancel));
        await Store.ReopenAsync();

        var review = Assert.Single(await Store.IdentityReviews.ListAsync(ReviewState.Open, 0, 10, Cancel));
        Assert.Equal(1, await Store.IdentityReviews.CountAsync(ReviewState.Open, Cancel));
        Assert.Equal(review.Id, (await Store.IdentityReviews.FindAsync("synthetic-hospital", stated.Fingerprint, Cancel))?.Id);
        Assert.Null(await Store.IdentityReviews.FindAsync("synthetic-lab", stated.Fingerprint, Cancel));
        Assert.Equal((new ReviewCandidate(person.Id, 21.5), "19700131", "TESTPATIENT"), (Assert.Single(review.Candidates), review.Stated.BirthDate, review.Stated.Names[0].Family));
        Assert.Equal([first, second], review.Deposits);

        var decided = await Store.IdentityReviews.DecideAsync(review.Id, person.Id, Act, Audit("review-decide"), Cancel);
        Assert.Equal((ReviewState.Linked, new ReviewDecision(person.Id, "registrar", Noon, Act.Reason)), (decided!.Review.State, decided.Review.Decision));
        Assert.Equal(person, await Store.Persons.FindByAliasAsync(Second, Cancel));
        Assert.Null(await Store.IdentityReviews.DecideAsync(review.Id, null, Act, Audit("review-decide"), Cancel));
        Assert.Empty(await Store.IdentityReviews.ListAsync(ReviewState.Open, 0, 10, Cancel));

        await Store.PersonLinks.UnlinkAsync(person.Id, [Second], Act, Audit("unlink"), Cancel);
        Assert.Equal(ReviewState.Open, (await Store.IdentityReviews.GetAsync(review.Id, Cancel))?.State);
    }

    [Fact]
    public async Task A_decided_review_reopens_what_waits_for_it_and_takes_no_more()
    {
        var person = await AddAsync("A1234563", []);
        var stated = new StatedIdentity("synthetic-hospital", Id("statement"), [new("MRN2", "HOSP", "MR", new("PID", 1, 3))], [], "19700131", "F", [Second]);
        var (waits, refused, inWork, delivered) = (await JournalAsync("C1"), await JournalAsync("C2"), await JournalAsync("C3"), await DeliverAsync("C4", person.Id, "o1"));
        foreach (var deposit in (DepositId[])[waits, refused, inWork, delivered])
            Assert.True(await Store.IdentityReviews.OpenAsync(ReviewCause.NoNumber, stated, [], deposit, Audit("review-open", null), Cancel));
        DepositCommit UnderReview(DepositId deposit) => Commit(deposit, DepositState.Quarantined, rejection: new(RejectionCode.IdentityUnderReview, "synthetic"), personId: null);
        Assert.True((await Store.Deposits.CommitAsync(UnderReview(waits), Cancel)).Accepted);
        Assert.True((await Store.Deposits.CommitAsync(Commit(refused, DepositState.Refused, rejection: new(RejectionCode.IdentityConflict, "synthetic"), personId: null), Cancel)).Accepted);

        var decided = await Store.IdentityReviews.DecideAsync(1, person.Id, Act, Audit("review-decide"), Cancel);
        Assert.Equal([waits, refused], decided!.Reopened.Select(deposit => deposit.DepositId));
        Assert.All(decided.Reopened, deposit => Assert.Equal(("synthetic-lab", "MRN1", DepositState.Received), (deposit.SourceId, deposit.PatientKey, deposit.State)));
        Assert.Equal((DepositState.Received, 2), ((await Store.Deposits.LoadSagaAsync(waits, Cancel))!.State, (await Store.Deposits.LoadSagaAsync(waits, Cancel))!.Version));
        Assert.Null((await Store.DepositQueries.GetAsync(waits, Cancel))!.Summary.Rejection);
        Assert.Equal((0, 3), (await CountAsync(DepositState.Quarantined), await CountAsync(DepositState.Received)));

        // One whose outcome was on its way is decided again, in place of waiting for a review that nobody will decide any more.
        Assert.Equal(RejectionCode.VersionConflict, (await Store.Deposits.CommitAsync(UnderReview(inWork), Cancel)).Rejection?.Code);
        Assert.Equal(DepositState.Received, (await Store.Deposits.LoadSagaAsync(inWork, Cancel))?.State);
    }

    [Fact]
    public async Task A_deposit_that_was_identified_before_the_index_or_a_joining_consent_changed_is_not_committed()
    {
        var (person, other) = (await AddAsync("A1234563", []), await AddAsync("G123456A", []));
        await Store.Persons.LinkAsync(person.Id, [First], Act, Audit("link"), Cancel);
        var sharing = new Consent(Id("sharing"), person.Id, ConsentKind.Sharing, "synthetic-clinic", Noon, null, null);
        await Store.Consents.AddAsync(sharing, Audit("consent-give"), Cancel);
        var deposit = await JournalAsync("C1");
        async Task<RejectionCode?> AfterAsync(Func<Task> change)
        {
            var before = Store.Persons.Generation;
            await change();
            var commit = Commit(deposit, resources: [Resource("Observation", "o1")], personId: person.Id) with { Generation = before };
            return (await Store.Deposits.CommitAsync(commit, Cancel)).Rejection?.Code;
        }

        Assert.Equal(RejectionCode.VersionConflict, await AfterAsync(() => Store.PersonLinks.UnlinkAsync(person.Id, [First], Act, Audit("unlink"), Cancel)));
        Assert.Equal(RejectionCode.VersionConflict, await AfterAsync(() => Store.PersonLinks.MergeAsync(other.Id, person.Id, Act, Audit("merge"), Cancel)));
        var steady = Store.Persons.Generation;
        Assert.Equal(RejectionCode.VersionConflict, await AfterAsync(() => Store.PersonLinks.SplitAsync(person.Id, Act, Audit("split"), Cancel)));
        Assert.NotEqual(steady, Store.Persons.Generation);
        Assert.Equal(RejectionCode.VersionConflict, await AfterAsync(() => Store.Consents.RevokeAsync(Joining(person.Id).Id, Noon, Audit("consent-revoke"), Cancel)));
        Assert.Null(await Store.Record.ReadAsync("Observation", "o1", null, Cancel));
        Assert.Null(await AfterAsync(() => Store.Consents.RevokeAsync(sharing.Id, Noon, Audit("consent-revoke"), Cancel)));
        Assert.NotNull(await Store.Record.ReadAsync("Observation", "o1", null, Cancel));
    }

    private async Task<int> CountAsync(DepositState state) => (await Store.DepositQueries.ListAsync(new(State: state), Cancel)).Count;

    private async Task<Person> AddAsync(string number, IReadOnlyList<long> blocks)
    {
        var person = Person(number);
        Assert.True(await Store.Persons.AddAsync(person, blocks, Joining(person.Id), Audit("enrol", person.Id), Cancel));
        return person;
    }

    private async Task<DepositId> JournalAsync(string controlId) => (await Store.Journal.AppendAsync(Entry(controlId), Cancel)).Value.DepositId;

    private async Task<DepositId> DeliverAsync(string controlId, string personId, string resource, string? rest = null)
    {
        var deposit = await JournalAsync(controlId);
        Assert.True((await Store.Deposits.CommitAsync(Commit(deposit, resources: [Resource("Observation", resource, rest)], personId: personId), Cancel)).Accepted);
        return deposit;
    }
}
