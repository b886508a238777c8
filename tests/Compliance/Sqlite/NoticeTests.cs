using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Notices;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>The outbox of notices: one for each access, written with the audit entry of the access.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private static readonly AuditEntry Look = new(
        Noon, "clinician-1", "clinician", AuditAction.Read, PersonId, "Observation/o1", true, "synthetic rule", "TREAT", new("192.0.2.1"), "synthetic-clinic");

    private readonly SqliteUnderTest store = new();

    private INotices Notices => store.Store.Notices;

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task What_one_account_reads_of_one_citizen_within_half_an_hour_is_one_access()
    {
        foreach (var minutes in new[] { 0, 1, 29 }) await RecordAsync(Look with { At = Noon.AddMinutes(minutes), Action = AuditAction.Search });
        Assert.Equal([(PersonId, "synthetic-clinic", Noon)], (await DueAsync()).Select(notice => (notice.PersonId, notice.ProviderId, notice.AccessedAt)));

        await RecordAsync(Look with { At = Noon.AddMinutes(30) });
        await RecordAsync(Look with { Actor = "clinician-2" });
        await RecordAsync(Look with { ProviderId = "synthetic-hospital" });
        await RecordAsync(Look with { PersonId = Id(2) });
        Assert.Equal(5, (await DueAsync()).Count);
        Assert.Equal(5, (await DueAsync()).Select(notice => notice.Key).Distinct().Count());
    }

    [Fact]
    public async Task Notices_of_who_was_merged_are_the_survivors_and_go_where_the_survivor_chose()
    {
        var (survivor, merged) = (Person("A1234563"), Person("G123456A"));
        foreach (var person in new[] { survivor, merged }) await store.Persons.AddAsync(person, [], Joining(person.Id), Audit("enrol", person.Id), default);
        await RecordAsync(Look with { PersonId = merged.Id });
        await store.PersonLinks.MergeAsync(survivor.Id, merged.Id, new("registrar", Noon, "Two cards of one person seen"), Audit("merge", survivor.Id), default);
        Assert.Single(await Notices.ListAsync(survivor.Id, 10, default));
        Assert.Equal(NoticeChoice.Unmade(merged.Id), Assert.Single(await DueAsync()).Choice);

        await Notices.ChooseAsync(new(survivor.Id, NoticeChannel.Email, null, "citizen@example.org", null, false), Audit("notice-choice"), default);
        Assert.Equal("citizen@example.org", Assert.Single(await DueAsync()).Choice.Email);
    }

    [Fact]
    public async Task What_shows_nothing_of_a_citizen_to_a_provider_makes_none()
    {
        await RecordAsync(Look with { Permitted = false });
        await RecordAsync(Look with { PersonId = null });
        await RecordAsync(Look with { ProviderId = null });
        await RecordAsync(Look with { Action = AuditAction.Deposit });
        await RecordAsync(Look with { Action = "consent-give" });
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task A_notice_is_there_after_the_store_was_opened_again_and_gone_when_it_was_sent()
    {
        await RecordAsync(Look);
        var key = Assert.Single(await DueAsync()).Key;
        await store.ReopenAsync();
        var again = Assert.Single(await DueAsync());
        Assert.Equal(key, again.Key);
        await Notices.SentAsync(again.Number, NoticeChannel.Email, Noon.AddSeconds(3), default);
        await Notices.SentAsync(again.Number, NoticeChannel.Letter, Noon.AddSeconds(9), default);
        Assert.Empty(await DueAsync());
        Assert.Equal([new NoticeStatus("synthetic-clinic", Noon, NoticeChannel.Email, Noon.AddSeconds(3))], await Notices.ListAsync(PersonId, 10, default));
    }

    [Fact]
    public async Task A_postponed_notice_is_due_when_its_time_has_come()
    {
        await RecordAsync(Look);
        await Notices.PostponeAsync(Assert.Single(await DueAsync()).Number, 1, 2, Noon.AddHours(3), default);
        Assert.Empty(await Notices.DueAsync(Noon.AddHours(3).AddSeconds(-1), 10, default));
        var due = Assert.Single(await Notices.DueAsync(Noon.AddHours(3), 10, default));
        Assert.Equal((1, 2), (due.Step, due.Attempts));
    }

    [Fact]
    public async Task The_choice_goes_with_the_notice_and_is_audited()
    {
        await RecordAsync(Look);
        Assert.Equal(NoticeChoice.Unmade(PersonId), Assert.Single(await DueAsync()).Choice);
        var choice = new NoticeChoice(PersonId, NoticeChannel.Sms, "+85290000000", "citizen@example.org", "1 Synthetic Street\nHong Kong", true);
        await Notices.ChooseAsync(choice with { Chinese = false }, Audit("notice-choice"), default);
        await Notices.ChooseAsync(choice, Audit("notice-choice"), default);
        Assert.Equal(choice, Assert.Single(await DueAsync()).Choice);
        Assert.Equal(choice, await Notices.ChoiceAsync(PersonId, default));
        Assert.Null(await Notices.ChoiceAsync(Id(9), default));
        Assert.Equal(3, (await store.Audit.ListAsync(PersonId, 10, default)).Count);
    }

    [Theory]
    [InlineData(NoticeChannel.Sms, true, true, "Sms,Email,Letter")]
    [InlineData(NoticeChannel.Email, true, true, "Email,Sms,Letter")]
    [InlineData(NoticeChannel.Email, false, true, "Email,Letter")]
    [InlineData(NoticeChannel.Letter, true, false, "Letter,Sms")]
    public void The_chosen_channel_is_first_and_one_without_address_is_left_out(NoticeChannel chosen, bool mobile, bool email, string order) =>
        Assert.Equal(order, string.Join(',', new NoticeChoice(PersonId, chosen, mobile ? "+85290000000" : null, email ? "citizen@example.org" : null, null, false).Order));

    private Task RecordAsync(AuditEntry entry) => store.Audit.RecordAsync(entry, default);

    private Task<IReadOnlyList<PendingNotice>> DueAsync() => Notices.DueAsync(Noon.AddHours(2), 10, default);
}
