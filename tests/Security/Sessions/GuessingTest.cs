using System.Globalization;
using System.Net;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Sessions;

/// <summary>Passwords and codes cannot be guessed, nor accounts, and a code that somebody read over a shoulder is used up.</summary>
public sealed class GuessingTest(AttackedHub attacked)
{
    private const int Free = 5;

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_not_taken_either()
    {
        var person = await InvitedPerson.MakeAsync(attacked, "operator");
        for (var failure = 0; failure < Free; failure++) Assert.Equal(HttpStatusCode.Unauthorized, (await person.TryAsync($"wrong password {failure}", "000000")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TryAsync(InvitedPerson.Password, person.NextCode())).Status);
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_is_not_taken_either()
    {
        var person = await InvitedPerson.MakeAsync(attacked, "operator");
        var right = person.NextCode();
        for (var failure = 0; failure < Free; failure++)
        {
            var wrong = ((int.Parse(right, CultureInfo.InvariantCulture) + failure + 1) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
            Assert.Equal(HttpStatusCode.Unauthorized, (await person.TryAsync(InvitedPerson.Password, wrong)).Status);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TryAsync(InvitedPerson.Password, right)).Status);
    }

    [Fact]
    public async Task Guesses_at_once_are_each_counted()
    {
        var person = await InvitedPerson.MakeAsync(attacked, "operator");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(guess => person.TryAsync($"wrong password {guess}", "000000")));

        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.ServiceUnavailable }));
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TryAsync(InvitedPerson.Password, person.NextCode())).Status);
    }

    [Fact]
    public async Task The_answer_does_not_say_what_was_wrong_nor_who_has_an_account()
    {
        var person = await InvitedPerson.MakeAsync(attacked, "operator");
        var password = await person.TryAsync("wrong password", "000000");
        var code = await person.TryAsync(InvitedPerson.Password, "000000");
        var nobody = await person.TryAsync("wrong password", "000000", "nobody.has.this.name");

        Assert.Equal(password, code);
        Assert.Equal(password, nobody);
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        var person = await InvitedPerson.MakeAsync(attacked, "operator");
        var code = person.NextCode();

        Assert.Equal(HttpStatusCode.OK, (await person.TryAsync(InvitedPerson.Password, code)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TryAsync(InvitedPerson.Password, code)).Status);
    }

    [Fact]
    public async Task An_invitation_is_good_once_and_not_guessed()
    {
        var invited = await attacked.PostAsync("administrator", "/api/accounts", new { name = $"guess-{Guid.NewGuid():N}"[..20], role = "operator" });
        var name = invited!["name"]!.GetValue<string>();
        foreach (var guess in new[] { name + ":", name + ":AAAA", name, "", ":", "'", $"{name}:{new string('A', 43)}" })
        {
            using var http = attacked.Hub.Anonymous();
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, "/api/invitations/open", new { invitation = guess }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }
}
