using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Tests.Compliance;

public abstract class RegistryCompliance : StoreCompliance
{
    private static readonly Provider Hospital = new("synthetic-hospital", "Synthetic Hospital", "合成醫院", ProviderKind.PrivateHospital);
    private static readonly ServiceLocation Ward = new("ward", Hospital.Id, "Ward", "病房");
    private static readonly Source Lab = new("lab", Hospital.Id, Ward.Id, "LAB", "HOSP", "UNICODE UTF-8", "+08:00", "ab12", MayEnrol: true);

    [Fact]
    public async Task What_is_registered_is_found_at_once_and_after_a_restart()
    {
        await Store.Registry.SaveAsync(Hospital, Cancel);
        await Store.Registry.SaveAsync(Ward, Cancel);
        await Store.Registry.SaveAsync(Lab, Cancel);
        Check();
        await Store.ReopenAsync();
        Check();
    }

    [Fact]
    public async Task A_change_takes_the_place_of_what_was_there()
    {
        await Store.Registry.SaveAsync(Lab, Cancel);
        await Store.Registry.SaveAsync(Lab with { SendingApplication = "LAB2", Active = false }, Cancel);
        Assert.Null(Store.Registry.FindSource("LAB", "HOSP"));
        Assert.False(Store.Registry.FindSource("LAB2", "HOSP")!.Active);
        Assert.Single(Store.Registry.Sources);
    }

    [Fact]
    public async Task Saves_at_once_are_all_seen()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => Store.Registry.SaveAsync(Lab with { Id = $"lab-{number}" }, Cancel))));
        Assert.Equal(20, Store.Registry.Sources.Count);
    }

    private void Check()
    {
        Assert.Equal(Lab, Store.Registry.FindSource("LAB", "HOSP"));
        Assert.Null(Store.Registry.FindSource("lab", "HOSP"));
        Assert.Equal(Lab, Store.Registry.GetSource("lab"));
        Assert.Equal(Hospital, Store.Registry.GetProvider(Hospital.Id));
        Assert.Equal(Ward, Store.Registry.GetServiceLocation("ward"));
        Assert.Equal([Hospital], Store.Registry.Providers);
        Assert.Equal([Ward], Store.Registry.ServiceLocations);
    }
}
