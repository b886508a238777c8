using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Credentials.People;

public sealed class SignInTests(HubUnderTest hub) : IClassFixture<HubUnderTest>
{
    [Fact]
    public async Task Password_and_code_let_in_and_the_trail_says_from_where()
    {
        var person = await Person.EnrolAsync(hub, "operator.in", Role.Operator);

        var signedIn = (await person.SignInAsync()).Value;

        Assert.Equal(new AccessPrincipal("operator.in", Role.Operator, null, null), hub.Check(signedIn.Token).Value.Principal);
        var entry = (await hub.AuditAsync())[0];
        Assert.Equal((AuditAction.SignIn, "operator.in", true, "192.0.2.7"), (entry.Action, entry.Actor, entry.Permitted, entry.Origin?.Address));
    }

    [Fact]
    public async Task Whatever_was_wrong_the_answer_is_the_same_and_the_trail_knows()
    {
        var person = await Person.EnrolAsync(hub, "operator.wrong", Role.Operator);
        var nobody = new Person(hub, "operator.nobody", new byte[20]);

        var wrongPassword = await person.SignInAsync(password: "another password");
        var wrongCode = await person.SignInAsync(code: person.CodeAt(5));
        var unknown = await nobody.SignInAsync();

        Assert.Equal(RejectionCode.SignInRefused, wrongPassword.Rejection!.Code);
        Assert.Equal(wrongPassword.Rejection, wrongCode.Rejection);
        Assert.Equal(wrongPassword.Rejection, unknown.Rejection);
        var trail = (await hub.AuditAsync()).Take(3).Select(entry => (entry.Action, entry.Actor, entry.Reason)).ToList();
        Assert.Equal((AuditAction.SignInRefused, "unknown", "no such account"), trail[0]);
        Assert.Equal((AuditAction.SignInRefused, "operator.wrong", "wrong or used code, failure 2"), trail[1]);
        Assert.Equal((AuditAction.SignInRefused, "operator.wrong", "wrong password, failure 1"), trail[2]);
    }

    [Fact]
    public async Task A_code_lets_in_once_also_after_a_restart()
    {
        var person = await Person.EnrolAsync(hub, "operator.once", Role.Operator);
        var code = person.Code;

        Assert.True((await person.SignInAsync(code: code)).Accepted);
        Assert.Equal(RejectionCode.SignInRefused, (await person.SignInAsync(code: code)).Rejection!.Code);
        await hub.RestartAsync();
        Assert.Equal(RejectionCode.SignInRefused, (await person.SignInAsync(code: code)).Rejection!.Code);
        person.Wait();
        Assert.True((await person.SignInAsync()).Accepted);
    }

    [Fact]
    public async Task Of_several_at_once_with_one_code_one_gets_in()
    {
        var person = await Person.EnrolAsync(hub, "operator.race", Role.Operator);

        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => person.SignInAsync())));

        Assert.Single(tries, each => each.Accepted);
    }

    [Fact]
    public async Task After_failures_the_account_waits_each_time_longer()
    {
        var person = await Person.EnrolAsync(hub, "operator.locked", Role.Operator);
        for (var failure = 0; failure < 5; failure++) await person.SignInAsync(password: "another password");

        Assert.False((await person.SignInAsync()).Accepted);
        hub.Clock.Now += TimeSpan.FromSeconds(61);
        await person.SignInAsync(password: "another password");
        hub.Clock.Now += TimeSpan.FromSeconds(61);
        Assert.False((await person.SignInAsync()).Accepted);
        hub.Clock.Now += TimeSpan.FromSeconds(61);
        Assert.True((await person.SignInAsync()).Accepted);
        Assert.Equal(0, hub.Get<IPersonAccounts>().Get("operator.locked")!.Failures);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_suspending_ends_them_all()
    {
        var person = await Person.EnrolAsync(hub, "operator.out", Role.Operator);
        var first = (await person.SignInAsync()).Value.Token;
        await hub.Get<IPersonSignIn>().SignOutAsync(first, null, HubUnderTest.Cancel);
        Assert.Equal(RejectionCode.SessionEnded, hub.Check(first).Rejection!.Code);
        Assert.Equal(("operator.out", true), Assert.Single(await hub.AuditAsync(), entry => entry.Action == AuditAction.SignOut) is var left ? (left.Actor, left.Permitted) : default);

        person.Wait();
        var second = (await person.SignInAsync()).Value.Token;
        await hub.Get<IPersonEnrolment>().SetActiveAsync(person.Name, false, HubUnderTest.Cancel);
        Assert.Equal(RejectionCode.AccountSuspended, hub.Check(second).Rejection!.Code);
        person.Wait();
        Assert.Equal(RejectionCode.SignInRefused, (await person.SignInAsync()).Rejection!.Code);

        await hub.Get<IPersonEnrolment>().SetActiveAsync(person.Name, true, HubUnderTest.Cancel);
        Assert.Equal(RejectionCode.SessionEnded, hub.Check(second).Rejection!.Code);
        person.Wait();
        Assert.True((await person.SignInAsync()).Accepted);
    }

    [Fact]
    public async Task A_session_ends_after_its_shift_and_holds_across_a_restart()
    {
        var person = await Person.EnrolAsync(hub, "operator.shift", Role.Operator);
        var token = (await person.SignInAsync()).Value.Token;

        await hub.RestartAsync();
        Assert.True(hub.Check(token).Accepted);
        hub.Clock.Now += TimeSpan.FromHours(8);
        Assert.Equal(RejectionCode.TokenExpired, hub.Check(token).Rejection!.Code);
    }

    [Fact]
    public async Task A_token_that_was_changed_or_made_elsewhere_is_not_known()
    {
        var person = await Person.EnrolAsync(hub, "operator.forged", Role.Operator);
        var token = (await person.SignInAsync()).Value.Token;
        var middle = token.Length / 2;
        var changed = token[..middle] + (token[middle] == 'A' ? 'B' : 'A') + token[(middle + 1)..];
        await using var elsewhere = new HubUnderTest();
        await elsewhere.InitializeAsync();
        var theirs = await Person.EnrolAsync(elsewhere, "operator.forged", Role.Operator);

        Assert.Equal(RejectionCode.CredentialInvalid, hub.Check(changed).Rejection!.Code);
        Assert.Equal(RejectionCode.CredentialInvalid, hub.Check((await theirs.SignInAsync()).Value.Token).Rejection!.Code);
        Assert.Equal(RejectionCode.CredentialInvalid, hub.Check("").Rejection!.Code);
        Assert.Equal(RejectionCode.CredentialInvalid, hub.Check(new string('A', 100_000)).Rejection!.Code);
    }
}
