namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>One hub for the tests of a class.</summary>
public sealed class RunningHub : IAsyncLifetime
{
    private readonly HashSet<int> enrolled = [];

    public HubProcess Hub { get; } = new();

    public async ValueTask InitializeAsync() => await Hub.StartAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    /// <summary>Opens an account by ADT^A28, once a citizen.</summary>
    public async Task EnrolAsync(int citizen)
    {
        if (!enrolled.Add(citizen)) return;
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        var answer = await socket.AskAsync(Messages.Enrol(citizen, $"ENROL{citizen}"));
        Assert.Equal("AA", MllpSocket.CodeOf(answer));
    }

    public async Task<long> NewestDepositAsync()
    {
        using var http = Hub.Http("operator");
        return (await http.DepositsAsync("count=1")) is [{ } newest, ..] ? newest["id"]!.GetValue<long>() : 0;
    }
}
