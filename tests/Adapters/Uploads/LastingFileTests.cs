using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>What every room of the hub writes its files with, and a power cut.</summary>
public sealed class LastingFileTests : IDisposable
{
    private readonly CuttableDisk? disk = CuttableDisk.TryMake();

    public void Dispose() => disk?.Dispose();

    [Fact]
    public async Task A_file_in_a_new_folder_is_there_after_the_cut()
    {
        Assert.SkipWhen(disk is null, "Needs root and a loop device");
        var folder = Path.Combine(disk.Root, "authority", "own");
        LastingName.MakeFolder(folder);
        LastingFile.Write(Path.Combine(folder, "a.key"), "first"u8);

        disk.Cut();
        await disk.PowerOnAsync();

        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(folder, "a.key"), TestContext.Current.CancellationToken));
        Assert.Equal(["a.key"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_file_that_took_the_place_of_another_stays_in_it()
    {
        Assert.SkipWhen(disk is null, "Needs root and a loop device");
        var file = Path.Combine(disk.Root, "position");
        LastingFile.Write(file, "1"u8);
        LastingFile.Write(file, "2"u8);

        disk.Cut();
        await disk.PowerOnAsync();

        Assert.Equal("2", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_secret_is_for_its_owner_alone_also_where_a_draft_lay_open()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateTempSubdirectory("ehealthplus-lasting-").FullName;
        var file = Path.Combine(folder, "a.key");
        File.WriteAllText(file + ".new", "open");
        LastingFile.Write(file, "secret"u8, ownerOnly: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Directory.Delete(folder, recursive: true);
    }
}
