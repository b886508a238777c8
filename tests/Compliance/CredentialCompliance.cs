using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

/// <summary>Professionals, certificates, accounts and machine clients.</summary>
public abstract class CredentialCompliance : StoreCompliance
{
    private static readonly Professional Doctor = new("dr-test", "TEST Doctor", "測試醫生", Profession.MedicalPractitioner, "M00001");
    private static readonly Affiliation Affiliation = new(Doctor.Id, "synthetic-hospital", Noon, Noon.AddYears(1));
    private static readonly LocationCertificate Certificate = new("AB12", "0123", "ward", Noon, Noon.AddYears(1), Noon, Noon.AddDays(3), "test");

    private static readonly PersonAccount Account = new(
        "doctor.test", Role.Clinician, Doctor.Id, "stamp", true, "hash", "secret", 7, 3, Noon.AddMinutes(1), "invitation", Noon.AddHours(72));

    private static readonly MachineClient Client = new("cms", "CMS", Role.Clinician, "synthetic-clinic", "his", "room", "system/Patient.r", "{}", "stamp", false);

    [Fact]
    public async Task What_is_saved_is_found_at_once_and_after_a_restart()
    {
        await Store.Professionals.SaveAsync(Doctor, Cancel);
        await Store.Professionals.SaveAsync(Affiliation, Cancel);
        await Store.LocationCertificates.SaveAsync(Certificate, Cancel);
        Assert.True(await Store.PersonAccounts.SaveAsync(Account, Cancel));
        await Store.MachineClients.SaveAsync(Client, Cancel);
        Check();
        await Store.ReopenAsync();
        Check();
    }

    [Fact]
    public async Task An_affiliation_is_changed_by_its_beginning_and_another_one_stands_beside_it()
    {
        var second = Affiliation with { From = Noon.AddYears(2), Until = null };
        await Store.Professionals.SaveAsync(second, Cancel);
        await Store.Professionals.SaveAsync(Affiliation with { Until = null }, Cancel);
        await Store.Professionals.SaveAsync(Affiliation, Cancel);
        Assert.Equal([Affiliation, second], Store.Professionals.AffiliationsOf(Doctor.Id));
        await Store.ReopenAsync();
        Assert.Equal([Affiliation, second], Store.Professionals.AffiliationsOf(Doctor.Id));
    }

    [Fact]
    public async Task An_account_that_was_changed_meanwhile_is_not_overwritten()
    {
        Assert.True(await Store.PersonAccounts.SaveAsync(Account, Cancel));
        Assert.False(await Store.PersonAccounts.SaveAsync(Account with { Failures = 9 }, Cancel));
        var read = Store.PersonAccounts.Get(Account.Name)!;
        var saves = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(() => Store.PersonAccounts.SaveAsync(read with { Failures = number }, Cancel))));
        Assert.Single(saves, saved => saved);
        Assert.Equal(2, Store.PersonAccounts.Get(Account.Name)!.Version);
    }

    [Fact]
    public async Task An_assertion_is_used_once_by_each_client()
    {
        var until = TimeProvider.System.GetUtcNow().AddMinutes(5);
        var uses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Store.MachineClients.UseAssertionAsync("cms", "jti", until, Cancel))));
        Assert.Single(uses, used => used);
        await Store.ReopenAsync();
        Assert.False(await Store.MachineClients.UseAssertionAsync("cms", "jti", until, Cancel));
        Assert.True(await Store.MachineClients.UseAssertionAsync("another", "jti", until, Cancel));
    }

    private void Check()
    {
        Assert.Equal(Doctor, Store.Professionals.Get(Doctor.Id));
        Assert.Equal([Doctor], Store.Professionals.All);
        Assert.Equal([Affiliation], Store.Professionals.AffiliationsOf(Doctor.Id));
        Assert.Empty(Store.Professionals.AffiliationsOf("nobody"));
        Assert.Equal(Certificate, Store.LocationCertificates.Find("ab12"));
        Assert.Equal([Certificate], Store.LocationCertificates.OfLocation("ward"));
        Assert.Equal([Certificate], Store.LocationCertificates.All);
        Assert.Equal(Account with { Version = 1 }, Store.PersonAccounts.Get(Account.Name));
        Assert.Equal(Client, Store.MachineClients.Get("cms"));
        Assert.Equal([Client], Store.MachineClients.All);
    }
}
