using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>C-STORE: what is answered, and when.</summary>
public class StoreTests
{
    [Fact]
    public async Task A_refusal_has_the_status_of_the_table_and_a_comment_of_64_characters()
    {
        await using var server = await DimseServer.StartAsync();
        server.Kept.OnComplete = _ => new Rejection(RejectionCode.InstanceConflict, new string('x', 60) + " and more \\ than fits");
        using var peer = await RawPeer.AssociateAsync(server.Port);

        await peer.SendAsync(RawPeer.StoreCommand("2.25.1.1"), RawPeer.Data(1, 2, new byte[100]));

        var (status, comment, _) = await peer.ReadAnswerAsync();
        Assert.Equal(0x0111, status);
        Assert.Equal(new string('x', 60) + " and", comment);
    }

    [Fact]
    public async Task Nothing_is_answered_before_the_instance_is_kept()
    {
        await using var server = await DimseServer.StartAsync();
        var keep = new TaskCompletionSource();
        server.Kept.BeforeKeeping = () => keep.Task;
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand("2.25.1.1"), RawPeer.Data(1, 2, new byte[100]));
        await Eventually.TrueAsync(() => server.Kept.LongestOpen == 1, "the instance waits for its flush");
        var answer = peer.ReadAnswerAsync();

        Assert.False(answer.IsCompleted);
        keep.SetResult();

        Assert.Equal(0, (await answer).Status);
        Assert.True(server.Kept.Kept.ContainsKey("2.25.1.1"));
    }

    [Fact]
    public async Task With_a_window_several_instances_of_one_association_wait_for_the_same_flush()
    {
        await using var server = await DimseServer.StartAsync();
        var keep = new TaskCompletionSource();
        server.Kept.BeforeKeeping = () => keep.Task;
        using var peer = await RawPeer.AssociateAsync(server.Port, window: new(4));

        for (ushort number = 1; number <= 6; number++) await peer.SendAsync(RawPeer.StoreCommand($"2.25.1.{number}", number), RawPeer.Data(1, 2, new byte[100]));
        await Eventually.TrueAsync(() => server.Kept.LongestOpen == 4, "four wait together");
        keep.SetResult();

        var answered = new List<int>();
        for (var number = 0; number < 6; number++) answered.Add((await peer.ReadAnswerAsync()).MessageId);
        Assert.Equal([1, 2, 3, 4, 5, 6], answered.Order());
        Assert.Equal(4, server.Kept.LongestOpen);
    }

    [Fact]
    public async Task A_sop_class_that_is_not_that_of_the_context_is_refused_and_the_association_goes_on()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);

        await peer.SendAsync(RawPeer.StoreCommand("2.25.1.1", sopClass: TestInstance.SecondaryCapture), RawPeer.Data(1, 2, new byte[100]));
        Assert.Equal(0x0122, (await peer.ReadAnswerAsync()).Status);

        await peer.SendAsync(RawPeer.StoreCommand("2.25.1.2"), RawPeer.Data(1, 2, new byte[100]));
        Assert.Equal(0, (await peer.ReadAnswerAsync()).Status);
        Assert.Equal("2.25.1.2", Assert.Single(server.Kept.Kept).Key);
    }

    [Fact]
    public async Task A_stop_lets_what_is_in_work_be_answered()
    {
        await using var server = await DimseServer.StartAsync();
        var keep = new TaskCompletionSource();
        server.Kept.BeforeKeeping = () => keep.Task;
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand("2.25.1.1"), RawPeer.Data(1, 2, new byte[100]));
        await Eventually.TrueAsync(() => server.Kept.LongestOpen == 1, "the instance waits for its flush");

        var stopping = server.StopAsync();
        keep.SetResult();

        Assert.Equal(0, (await peer.ReadAnswerAsync()).Status);
        Assert.Equal(7, (await peer.ReadAsync())!.Value.Type);
        peer.Dispose();
        await stopping;
    }
}
