using EHealthPlus.Monitoring.Watching.Rules;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Watching;
using static EHealthPlus.Tests.Monitoring.Watching.WatchBench;

namespace EHealthPlus.Tests.Monitoring.Watching;

/// <summary>The program's own rules: each raises its case at its threshold, and not one entry earlier.</summary>
public sealed class RuleTests
{
    private static readonly AuditEntry SignIn = new(Noon, "doctor.test", "clinician", AuditAction.SignIn, null, "account/doctor.test", true, "password and one-time code", Origin: new("192.0.2.1"));
    private static readonly AuditEntry Refused = SignIn with { Action = AuditAction.SignInRefused, Permitted = false, Reason = "wrong password, failure 1" };

    private readonly WatchBench bench = new();

    public static TheoryData<int, int, int> Thresholds => new() { { 1, 10, 10 }, { 2, 5, 15 }, { 4, 60, 60 }, { 6, 120, 60 }, { 7, 20, 30 }, { 8, 3, 60 } };

    [Theory]
    [MemberData(nameof(Thresholds))]
    public async Task So_many_within_the_window_raise_a_case_and_one_less_does_not(int rule, int count, int minutes)
    {
        var step = TimeSpan.FromMinutes(minutes) / (count + 1);
        Assert.Empty(await bench.JudgedAsync(Entries(rule).Take(count - 1).Select((entry, at) => entry with { At = entry.At + (step * at) })));
        Assert.Equal([rule], await bench.JudgedAsync(Entries(rule).Skip(count - 1).Take(1).Select(entry => entry with { At = entry.At + (step * (count - 1)) })));
        var found = Assert.Single(bench.Cases.Cases);
        Assert.Equal(count, found.Case.Entries);
        Assert.Equal(Enumerable.Range(1, count).Select(number => (long)number), found.Evidence);
    }

    [Theory]
    [MemberData(nameof(Thresholds))]
    public async Task So_many_over_a_longer_time_raise_none(int rule, int count, int minutes)
    {
        var step = (TimeSpan.FromMinutes(minutes) / (count - 1)) + TimeSpan.FromTicks(1);
        Assert.Empty(await bench.JudgedAsync(Entries(rule).Take(count).Select((entry, at) => entry with { At = entry.At + (step * at) })));
    }

    [Fact]
    public async Task Refused_sign_ins_of_many_accounts_from_one_address_raise_one_case_against_the_address()
    {
        await bench.JudgedAsync(Enumerable.Range(0, 20).Select(number => Refused with { Actor = number % 2 == 0 ? "unknown" : $"a{number}", Role = number % 2 == 0 ? "none" : "clinician" }));
        var found = Assert.Single(bench.Cases.Cases).Case;
        Assert.Equal((3, SuspectKind.Address, "192.0.2.1"), (found.Rule, found.Kind, found.Suspect));
    }

    [Fact]
    public async Task A_systems_sign_ins_and_reads_are_weighed_as_a_systems()
    {
        Assert.Empty(await bench.JudgedAsync(Enumerable.Range(0, 100).Select(_ => SignIn with { Actor = Machine })));
        Assert.Empty(await bench.JudgedAsync(Enumerable.Range(0, 599).Select(number => Read with { Actor = Machine, PersonId = $"p{number}" })));
        Assert.Equal([5], await bench.JudgedAsync(Read with { Actor = Machine, PersonId = "p600" }));
    }

    [Fact]
    public async Task A_hospital_reads_at_night_and_a_clinic_does_not()
    {
        var night = Noon.AddHours(14);
        Assert.Empty(await bench.JudgedAsync(Enumerable.Range(0, 9).Select(_ => Read with { At = night })));
        Assert.Empty(await bench.JudgedAsync(Enumerable.Range(0, 9).Select(_ => Read with { ProviderId = "synthetic-clinic", At = Noon.AddHours(9) })));
        Assert.Equal([8], await bench.JudgedAsync(Enumerable.Range(0, 3).Select(_ => Read with { ProviderId = "synthetic-clinic", At = night })));
    }

    [Fact]
    public async Task A_permitted_read_without_a_care_relation_raises_a_case_at_once()
    {
        Assert.Empty(await bench.JudgedAsync(Read with { CareRelation = null }, Read with { CareRelation = false, Permitted = false }));
        Assert.Equal([9], await bench.JudgedAsync(Read with { CareRelation = false }));
        var found = Assert.Single(bench.Cases.Cases);
        Assert.Equal(("doctor.test", "synthetic-hospital"), (found.Case.Suspect, found.Case.ProviderId));
        Assert.Equal([3L], found.Evidence);
    }

    [Theory]
    [InlineData("552 AffiliationEnded: The affiliation has ended")]
    [InlineData("553 ProfessionalNotRegistered: Not in force")]
    [InlineData("554 AccountSuspended: suspended")]
    [InlineData("567 ClientSuspended: suspended")]
    public async Task Who_may_no_longer_act_and_tries_to_raises_a_case_at_once(string reason)
    {
        Assert.Equal([10], await bench.JudgedAsync(Read with { Action = AuditAction.LapsedCredential, Permitted = false, PersonId = null, Reason = reason }));
        Assert.Equal([10], await bench.JudgedAsync(Refused with { Reason = reason }));
    }

    [Fact]
    public async Task Expired_tokens_deposits_and_the_own_record_raise_none() => Assert.Empty(await bench.JudgedAsync(Enumerable.Range(0, 200).SelectMany(number => new[]
    {
        Read with { Action = AuditAction.Deposit, Role = "source", PersonId = $"p{number}" }, Read with { Role = "citizen", ProviderId = null, CareRelation = null },
    }).Append(Read with { Action = AuditAction.LapsedCredential, Permitted = false, Reason = "555 TokenExpired: The token has expired" })));

    [Fact]
    public async Task One_citizen_read_many_times_counts_once() =>
        Assert.Empty(await bench.JudgedAsync(Enumerable.Range(0, 500).Select(number => Read with { PersonId = $"p{number % 59}" })));

    [Fact]
    public async Task More_of_the_same_goes_to_the_case_until_it_is_closed()
    {
        await bench.JudgedAsync(Enumerable.Repeat(Read with { CareRelation = false }, 3));
        Assert.Equal(3, Assert.Single(bench.Cases.Cases).Case.Entries);
        bench.Cases.Cases[0] = bench.Cases.Cases[0] with { Case = bench.Cases.Cases[0].Case with { State = CaseState.Closed } };
        Assert.Equal([9, 9], await bench.JudgedAsync(Read with { CareRelation = false }));
        Assert.Equal([4L], bench.Cases.Cases[1].Evidence);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public async Task A_clock_that_jumps_raises_no_case_and_stops_none(int days)
    {
        var jumped = Noon.AddDays(days);
        Assert.Empty(await bench.JudgedAsync(Enumerable.Range(0, 30).SelectMany(number => new[] { Refused with { Actor = $"a{number}", Origin = new($"192.0.2.{number}") }, Refused with { Actor = $"a{number}", Origin = new($"192.0.2.{number}"), At = jumped } })));
        Assert.Equal([2], await bench.JudgedAsync(Enumerable.Repeat(Refused with { At = jumped.AddMinutes(1), Origin = new("198.51.100.1") }, 5)));
    }

    [Theory]
    [InlineData("1,a,sign-in,,people,account,0,entries,10,,,T,題", "count is no number")]
    [InlineData("1,a,dancing,,people,account,1,entries,10,,,T,題", "conduct is not known: dancing")]
    [InlineData("1,a,read,wizard,people,account,1,entries,10,,,T,題", "roles names wizard")]
    [InlineData("1,a,read,,people,account,1,entries,10,25:00-06:00,,T,題", "hours is not written")]
    [InlineData("1,a,read,,people,account,1,entries,10,,castle,T,題", "providers names castle")]
    [InlineData("1,a,read,,people,account,1,entries,10,T", "has 10 cells")]
    [InlineData("1,a,read,,people,account,1,entries,10,,,T,題\n1,b,read,,people,account,1,entries,10,,,T,題", "line 3: the number or key of another rule")]
    public void A_rule_that_cannot_be_meant_is_refused_with_its_line(string lines, string fault)
    {
        const string Head = "rule,key,conduct,roles,who,suspect,count,of,minutes,hours,providers,title,title in chinese\n";
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => RuleFile.Read(new StringReader(Head + lines), "rules")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_the_day_may_go_over_midnight()
    {
        var night = new PartOfDay(new(22, 0), new(6, 0));
        Assert.True(night.Holds(Noon.AddHours(11)));
        Assert.True(night.Holds(Noon.AddHours(17)));
        Assert.False(night.Holds(Noon.AddHours(18)));
    }

    private static IEnumerable<AuditEntry> Entries(int rule) => Enumerable.Range(0, 1000).Select(number => rule switch
    {
        1 => SignIn,
        2 => Refused with { Origin = new($"198.51.100.{number}") },
        4 => Read with { PersonId = $"p{number}", Action = number % 2 == 0 ? AuditAction.Search : AuditAction.Everything },
        6 => Read with { Role = "registrar", Actor = "registrar.test", ProviderId = null, Action = AuditAction.Match, PersonId = $"p{number}" },
        7 => Read with { Permitted = false, Reason = "511 SharingConsentMissing" },
        _ => Read with { At = Noon.AddHours(14), ProviderId = "synthetic-clinic" },
    });
}
