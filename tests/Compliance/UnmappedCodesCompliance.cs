using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Terminology;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class UnmappedCodesCompliance : StoreCompliance
{
    private static readonly UnmappedCode Glucose = new("OBX-3", "", "GLU", "99LAB");
    private static readonly UnmappedCode Sex = new("PID-8", "0001", "乾", "");

    [Fact]
    public async Task Counts_add_up_and_the_first_and_last_time_and_first_example_stay()
    {
        await Store.UnmappedCodes.AddAsync([Count("lab", Glucose, 2, Noon, 7), Count("lab", Sex, 5, Noon, 8)], Cancel);
        await Store.UnmappedCodes.AddAsync([Count("lab", Glucose, 4, Noon.AddHours(1), 9)], Cancel);
        await Store.ReopenAsync();
        Assert.Equal(
            [new UnmappedCodeCount("lab", Glucose, 6, Noon, Noon.AddHours(1), new DepositId(7)), Count("lab", Sex, 5, Noon, 8)],
            await Store.UnmappedCodes.ListAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task Each_source_has_its_own()
    {
        await Store.UnmappedCodes.AddAsync([Count("lab", Glucose, 2, Noon, 7), Count("clinic", Glucose, 3, Noon, 8)], Cancel);
        Assert.Equal([Count("clinic", Glucose, 3, Noon, 8)], await Store.UnmappedCodes.ListAsync("clinic", 10, Cancel));
        Assert.Empty(await Store.UnmappedCodes.ListAsync("nobody", 10, Cancel));
        Assert.Equal(3, Assert.Single(await Store.UnmappedCodes.ListAsync(null, 1, Cancel)).Count);
    }

    [Fact]
    public async Task What_is_forgotten_begins_anew()
    {
        await Store.UnmappedCodes.AddAsync([Count("lab", Glucose, 2, Noon, 7), Count("lab", Sex, 1, Noon, 7)], Cancel);
        await Store.UnmappedCodes.ForgetAsync("lab", [Glucose], Cancel);
        Assert.Equal([Count("lab", Sex, 1, Noon, 7)], await Store.UnmappedCodes.ListAsync("lab", 10, Cancel));
    }

    [Fact]
    public async Task Beyond_the_most_of_a_source_codes_are_counted_together()
    {
        await Store.UnmappedCodes.AddAsync([.. Enumerable.Range(0, IUnmappedCodes.MostOfSource + 20).Select(number => Count("lab", Glucose with { Code = $"C{number}" }, 1, Noon, 7))], Cancel);
        await Store.UnmappedCodes.AddAsync([Count("lab", Glucose with { Code = "C1" }, 1, Noon, 7), Count("lab", Glucose with { Code = "new" }, 1, Noon, 7)], Cancel);
        var kept = await Store.UnmappedCodes.ListAsync("lab", 100_000, Cancel);
        Assert.Equal(IUnmappedCodes.MostOfSource + 1, kept.Count);
        Assert.Equal((21L, ""), (kept[0].Count, kept[0].Code.Code));
        Assert.Equal((2L, "C1"), (kept[1].Count, kept[1].Code.Code));
    }

    private static UnmappedCodeCount Count(string source, UnmappedCode code, long count, DateTimeOffset at, long example) =>
        new(source, code, count, at, at, new DepositId(example));
}
