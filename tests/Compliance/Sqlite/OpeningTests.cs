using System.Diagnostics;
using EHealthPlus.Adapters.Storage.Sqlite;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Data.Sqlite;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>A store that cannot be opened says why and what to do, and a data directory has one store at a time.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ehealthplus-opening-").FullName;

    private string Database => Path.Combine(folder, "hub.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_second_store_in_the_same_directory_is_refused_until_the_first_is_closed()
    {
        using (var first = SqliteUnderTest.In(folder))
        {
            await first.OpenAsync(default);
            using var second = SqliteUnderTest.In(folder);
            var refused = await Assert.ThrowsAsync<IOException>(() => second.OpenAsync(default));
            Assert.Contains($"another hub works in {folder}", refused.Message, StringComparison.Ordinal);
        }

        using var next = SqliteUnderTest.In(folder);
        await next.OpenAsync(default);
    }

    [Fact]
    public async Task A_store_that_another_program_holds_is_refused_and_opens_afterwards()
    {
        using (var made = SqliteUnderTest.In(folder)) await made.OpenAsync(default);
        using (var other = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            other.Open();
            using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN EXCLUSIVE";
            hold.ExecuteNonQuery();
            Assert.Contains("is held by another program", (await RefusedAsync(RejectionCode.StoreUnavailable)).Message, StringComparison.Ordinal);
        }

        // What the refused opening held is free again.
        using var next = SqliteUnderTest.In(folder);
        await next.OpenAsync(default);
    }

    [Fact]
    public async Task A_new_store_on_a_full_disk_says_so_and_not_what_its_undoing_met()
    {
        Assert.True(await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder), "A small file system is needed for this test: run it as root");
        try
        {
            await RefusedAsync(RejectionCode.StorageFull);
        }
        finally
        {
            await RunAsync("umount", "-l", folder);
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    private async Task<RejectedException> RefusedAsync(RejectionCode code)
    {
        using SqliteStore store = SqliteUnderTest.In(folder);
        var refused = await Assert.ThrowsAsync<RejectedException>(() => store.OpenAsync(default));
        Assert.Equal(code, refused.Rejection.Code);
        Assert.Contains(Database, refused.Message, StringComparison.Ordinal);
        return refused;
    }
}
