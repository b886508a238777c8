using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.PersonIndex;

public sealed class AssuranceTests
{
    private static readonly Enrolment Typed = new("A1234563", "CHAN", "TAI MUN", "", AdministrativeSex.Female, new(1990, 5, 17));
    private static readonly Enrolment Read = Typed with { GivenName = "TAI MAN", ChineseName = "陳大文", Assurance = IndexAssurance.Of(Assurance.ChipRead) };

    private readonly MemoryStore store = new();
    private readonly IPersonIndex index;

    public AssuranceTests() => index = MemoryIndex.On(store, new ManualTime()).Index;

    [Fact]
    public async Task What_the_chip_says_replaces_what_was_typed()
    {
        var person = await EnrolAsync(Typed);
        var amended = (await EnrolAgainAsync(Read)).Value;
        Assert.Equal((person.Id, "TAI MAN", "陳大文", IndexAssurance.Of(Assurance.ChipRead)), (amended.Id, amended.GivenName, amended.ChineseName, amended.Assurance));
        Assert.Contains(store.Audit, entry => entry.Action == "amend");
        Assert.Equal(amended, await store.FindByDocumentAsync("A1234563", CancellationToken.None));
    }

    [Theory]
    [InlineData(Assurance.Stated)]
    [InlineData(Assurance.DocumentSeen)]
    [InlineData(Assurance.ChipRead)]
    public async Task What_is_as_well_assured_or_better_is_not_replaced(Assurance assurance)
    {
        await EnrolAsync(Read);
        var again = await EnrolAgainAsync(Typed with { Assurance = IndexAssurance.Of(assurance) });
        Assert.Equal(RejectionCode.IdentityConflict, again.Rejection?.Code);
        Assert.Equal("TAI MAN", (await store.FindByDocumentAsync("A1234563", CancellationToken.None))?.GivenName);
    }

    [Theory]
    [InlineData(Role.Citizen, "citizen")]
    [InlineData(Role.Source, "source")]
    public async Task The_trail_says_in_which_role_somebody_enrolled(Role role, string recorded)
    {
        await index.EnrolAsync(Typed, "test", role, false, CancellationToken.None);
        Assert.Equal(recorded, Assert.Single(store.Audit, entry => entry.Action == "enrol").Role);
    }

    [Fact]
    public async Task Two_fields_at_once_are_somebody_else()
    {
        await EnrolAsync(Typed);
        Assert.Equal(RejectionCode.IdentityConflict, (await EnrolAgainAsync(Read with { Sex = AdministrativeSex.Male })).Rejection?.Code);
    }

    [Fact]
    public async Task Assurance_rises_and_never_falls()
    {
        await EnrolAsync(Typed);
        Assert.Equal(IndexAssurance.Of(Assurance.DocumentSeen), (await EnrolAgainAsync(Typed with { Assurance = IndexAssurance.Of(Assurance.DocumentSeen) })).Value.Assurance);
        Assert.Equal(IndexAssurance.Of(Assurance.DocumentSeen), (await EnrolAgainAsync(Typed)).Value.Assurance);
    }

    [Fact]
    public async Task PID_32_states_the_assurance_and_takes_fields_back()
    {
        var stated = new PatientAsStated([new("A1234563", "HKG", "NNHKG", default)], [new("CHAN", "TAI MAN", "")], "19900517", "F", []);
        Assert.Equal(Assurance.Stated, index.ReadEnrolment(stated).Value.Assurance.Name);
        Assert.Equal(Assurance.ChipRead, index.ReadEnrolment(stated with { Reliability = ["CHIP"] }).Value.Assurance.BirthDate);
        Assert.Equal(Assurance.DocumentSeen, index.ReadEnrolment(stated with { Reliability = ["SEEN"] }).Value.Assurance.Document);
        await EnrolAsync(Read);
        Assert.True((await index.MatchAsync("lab", stated, null, CancellationToken.None)).Accepted);
        Assert.Equal(new FieldLocation("PID", 1, 7), (await index.MatchAsync("lab", stated with { Reliability = ["UD"] }, null, CancellationToken.None)).Rejection?.Location);
        Assert.Equal(new FieldLocation("PID", 1, 5), (await index.MatchAsync("lab", stated with { Reliability = ["AL"] }, null, CancellationToken.None)).Rejection?.Location);
    }

    private async Task<Person> EnrolAsync(Enrolment enrolment) => (await index.EnrolAsync(enrolment, "test", Role.Registrar, false, CancellationToken.None)).Value;

    private Task<Result<Person>> EnrolAgainAsync(Enrolment enrolment) => index.EnrolAsync(enrolment, "test", Role.Registrar, true, CancellationToken.None);
}
