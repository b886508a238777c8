using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Credentials.People;

namespace EHealthPlus.Tests.Credentials.People;

/// <summary>A person with a password and an authenticator, as they come to the hub.</summary>
internal sealed class Person(HubUnderTest hub, string name, byte[] secret)
{
    public const string Password = "correct horse battery";

    public string Name => name;

    public string Code => CodeAt(0);

    public static async Task<Person> EnrolAsync(HubUnderTest hub, string name, Role role, string? professionalId = null)
    {
        var enrolment = hub.Get<IPersonEnrolment>();
        var invited = (await enrolment.InviteAsync(name, role, professionalId, HubUnderTest.Cancel)).Value;
        var person = new Person(hub, name, SecretOf(enrolment.Open(invited.Token).Value.Uri));
        Assert.Equal(name, (await enrolment.AcceptAsync(invited.Token, Password, person.Code, HubUnderTest.Cancel)).Value);
        person.Wait();
        return person;
    }

    /// <summary>What an authenticator app reads: the base 32 between secret= and the next parameter.</summary>
    public static byte[] SecretOf(string uri)
    {
        var text = uri.Split("secret=")[1].Split('&')[0];
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(each => Convert.ToByte(bits.Substring(each * 8, 8), 2))];
    }

    public string CodeAt(int steps) => OneTimeCode.At(secret, (hub.Clock.Now.ToUnixTimeSeconds() / 30) + steps);

    /// <summary>Until the authenticator shows the next code.</summary>
    public void Wait() => hub.Clock.Now += TimeSpan.FromSeconds(30);

    public Task<Result<SignedIn>> SignInAsync(string? password = null, string? code = null, string? provider = null) => hub.Get<IPersonSignIn>().SignInAsync(
        new(name, password ?? Password, code ?? Code, provider, new AuditOrigin("192.0.2.7")), HubUnderTest.Cancel);
}
