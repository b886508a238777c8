using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Credentials.People;

namespace EHealthPlus.Tests.Credentials.People;

public sealed class EnrolmentTests(HubUnderTest hub) : IClassFixture<HubUnderTest>
{
    private IPersonEnrolment Enrolment => hub.Get<IPersonEnrolment>();

    [Fact]
    public async Task An_invitation_works_once()
    {
        var (token, code) = await InviteAsync("invited.once");
        Assert.True((await Enrolment.AcceptAsync(token, Person.Password, code(), HubUnderTest.Cancel)).Accepted);

        hub.Clock.Now += TimeSpan.FromSeconds(30);
        Assert.Equal(RejectionCode.InvitationInvalid, Enrolment.Open(token).Rejection!.Code);
        Assert.Equal(RejectionCode.InvitationInvalid, (await Enrolment.AcceptAsync(token, "another long password", code(), HubUnderTest.Cancel)).Rejection!.Code);
    }

    [Fact]
    public async Task An_invitation_ends_and_only_the_newest_holds()
    {
        var (late, _) = await InviteAsync("invited.late");
        hub.Clock.Now += TimeSpan.FromHours(72);
        Assert.Equal(RejectionCode.InvitationInvalid, Enrolment.Open(late).Rejection!.Code);

        var (older, _) = await InviteAsync("invited.twice");
        var (newer, _) = await InviteAsync("invited.twice");
        Assert.Equal(RejectionCode.InvitationInvalid, Enrolment.Open(older).Rejection!.Code);
        Assert.True(Enrolment.Open(newer).Accepted);
        Assert.Equal(RejectionCode.InvitationInvalid, Enrolment.Open(newer.Replace("twice", "late", StringComparison.Ordinal)).Rejection!.Code);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("my-invited.weak-pass")]
    public async Task A_password_that_is_easily_guessed_is_refused(string password)
    {
        var (token, code) = await InviteAsync("invited.weak");

        Assert.Equal(RejectionCode.PasswordTooWeak, (await Enrolment.AcceptAsync(token, password, code(), HubUnderTest.Cancel)).Rejection!.Code);
    }

    [Fact]
    public async Task A_wrong_code_sets_nothing_up()
    {
        var (token, _) = await InviteAsync("invited.code");

        Assert.Equal(RejectionCode.SignInRefused, (await Enrolment.AcceptAsync(token, Person.Password, "000000", HubUnderTest.Cancel)).Rejection!.Code);
        Assert.Null(hub.Get<IPersonAccounts>().Get("invited.code")!.PasswordHash);
        Assert.True(Enrolment.Open(token).Accepted);
    }

    [Theory]
    [InlineData("Upper", Role.Operator, null)]
    [InlineData("a:b", Role.Operator, null)]
    [InlineData("citizen.x", Role.Citizen, null)]
    [InlineData("source.x", Role.Source, null)]
    [InlineData("doctor.x", Role.Clinician, null)]
    [InlineData("doctor.y", Role.Clinician, "nobody")]
    public async Task What_makes_no_account_is_refused(string name, Role role, string? professional) =>
        Assert.Equal(RejectionCode.BodyInvalid, (await Enrolment.InviteAsync(name, role, professional, HubUnderTest.Cancel)).Rejection!.Code);

    [Fact]
    public async Task Setting_an_account_up_anew_ends_its_sessions_and_its_password()
    {
        var person = await Person.EnrolAsync(hub, "invited.anew", Role.Operator);
        var token = (await person.SignInAsync()).Value.Token;

        await InviteAsync("invited.anew");

        Assert.Equal(RejectionCode.SessionEnded, hub.Check(token).Rejection!.Code);
        person.Wait();
        Assert.False((await person.SignInAsync()).Accepted);
    }

    [Fact]
    public async Task Nothing_that_lets_a_person_in_stands_in_the_store()
    {
        var (token, code) = await InviteAsync("invited.store");
        var secret = Person.SecretOf(Enrolment.Open(token).Value.Uri);
        await Enrolment.AcceptAsync(token, Person.Password, code(), HubUnderTest.Cancel);

        var kept = hub.Get<IPersonAccounts>().Get("invited.store")!.ToString();

        Assert.DoesNotContain(Person.Password, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split(':')[1], kept, StringComparison.Ordinal);
        Assert.DoesNotContain(OneTimeCode.Base32Of(secret), kept, StringComparison.Ordinal);
        Assert.DoesNotContain(System.Buffers.Text.Base64Url.EncodeToString(secret), kept, StringComparison.Ordinal);
    }

    private async Task<(string Token, Func<string> Code)> InviteAsync(string name)
    {
        var token = (await Enrolment.InviteAsync(name, Role.Operator, null, HubUnderTest.Cancel)).Value.Token;
        var secret = Person.SecretOf(Enrolment.Open(token).Value.Uri);
        return (token, () => OneTimeCode.At(secret, hub.Clock.Now.ToUnixTimeSeconds() / 30));
    }
}
