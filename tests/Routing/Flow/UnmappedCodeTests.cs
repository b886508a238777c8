using EHealthPlus.Routing.Contracts.Terminology;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.Flow;

/// <summary>Codes that the translator did not know are counted beside the flow.</summary>
public sealed class UnmappedCodeTests
{
    private static readonly UnmappedCode Glucose = new("OBX-3", "", "GLU", "99LAB");

    [Fact]
    public async Task Counts_of_many_messages_are_handed_over_together()
    {
        var (codes, time) = (new MemoryUnmappedCodes(), new ManualTime());
        await using var hub = await TestHub.StartAsync(await TestHub.StoreWithCitizenAsync(time), new() { Unmapped = [Glucose, Glucose] }, time, unmapped: codes);
        await hub.ApplicationCodeAsync(PlainMessages.Message("C1"));
        await hub.ApplicationCodeAsync(PlainMessages.Message("C2"));
        Assert.Empty(codes.Added);

        await TestHub.UntilAsync(() =>
        {
            // Again and again: the flow may set its timer later than it answers.
            time.Advance(TimeSpan.FromSeconds(6));
            return codes.Added.Count > 0;
        });
        var count = Assert.Single(codes.Added);
        Assert.Equal((Glucose, 4L, 1L), (count.Code, count.Count, count.Example.Value));
    }

    [Fact]
    public async Task What_is_counted_is_stored_when_the_hub_stops()
    {
        var codes = new MemoryUnmappedCodes();
        await using (var hub = await TestHub.StartAsync(await TestHub.StoreWithCitizenAsync(), new() { Unmapped = [Glucose] }, unmapped: codes))
        {
            await hub.ApplicationCodeAsync(PlainMessages.Message("C1"));
        }

        Assert.Equal(1, Assert.Single(codes.Added).Count);
    }
}
