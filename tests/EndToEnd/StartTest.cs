using System.Net;
using System.Net.Sockets;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>A hub that cannot have what it needs: its operator reads one line that says what is wrong and what to do, and no stack trace.</summary>
public sealed class StartTest : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_port_that_another_program_has_is_named_with_its_setting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var line = await RefusedStart.OfAsync(folder.Path, ("Hub__Dicom", $"{other.LocalEndpoint}"));

        Assert.Contains($"Hub__Dicom: another program, perhaps a hub that runs already, listens on {other.LocalEndpoint} (ss -ltnp", line, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("hub.db")), "The store was opened before the ports were tried");
    }

    [Fact]
    public async Task Data_that_another_hub_works_with_are_left_alone()
    {
        using var other = new FileStream(folder.At("hub.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var line = await RefusedStart.OfAsync(folder.Path);

        Assert.Contains($"another hub works in {folder.Path}", line, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("hub.db")), "The store was opened beside the other hub");
    }

    [Fact]
    public async Task A_damaged_store_is_named_with_what_to_do()
    {
        await File.WriteAllTextAsync(folder.At("hub.db"), new string('x', 10_000), TestContext.Current.CancellationToken);
        Assert.Contains($"{folder.At("hub.db")} is damaged (engine code 26). Put the database back from its backup", await RefusedStart.OfAsync(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_was_lost_is_not_begun_anew()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort)) Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(1, "ENROL"))));
        await hub.StopAsync();
        var checkpoints = Path.Combine(hub.DataDirectory, "audit-checkpoints", "audit.checkpoints");
        foreach (var file in Directory.GetFiles(hub.DataDirectory, "hub.db*")) File.Delete(file);

        var line = await RefusedStart.OfAsync(hub.DataDirectory);

        Assert.Contains($"there is no hub.db in {hub.DataDirectory}, but {checkpoints} vouches for", line, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(hub.DataDirectory, "hub.db")), "An empty store was begun");
        File.Move(checkpoints, checkpoints + ".kept");
        var image = Directory.GetDirectories(Path.Combine(hub.DataDirectory, "objects")).First() + "/image";
        await File.WriteAllTextAsync(image, "x", TestContext.Current.CancellationToken);
        Assert.Contains("objects holds images of it", await RefusedStart.OfAsync(hub.DataDirectory), StringComparison.Ordinal);
        File.Delete(image);
        await hub.StartAsync();
    }

    [Fact]
    public async Task A_data_directory_that_others_may_look_into_is_said()
    {
        await using var hub = new HubProcess();
        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(hub.DataDirectory, Open);
        await hub.StartAsync();

        await hub.LoggedAsync($"Other users of this machine may look into {hub.DataDirectory}");
    }

    [Fact]
    public async Task A_file_of_settings_that_cannot_be_read_is_named_with_its_line()
    {
        await File.WriteAllTextAsync(folder.At("hub.json"), "{ \"Hub\": {\n", TestContext.Current.CancellationToken);
        var line = await RefusedStart.OfAsync(folder.Path);

        Assert.Contains("hub.json", line, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 1", line, StringComparison.Ordinal);
    }
}
