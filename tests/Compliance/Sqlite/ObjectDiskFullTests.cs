using System.Diagnostics;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>The disk is full while images come: they are refused, nothing of them stays, and it goes on when there is room.</summary>
public sealed class ObjectDiskFullTests
{
    [Theory]
    [InlineData(3_000)]
    [InlineData(300_000)]
    public async Task A_full_disk_refuses_keeps_what_it_has_and_recovers(int length)
    {
        var mount = Directory.CreateTempSubdirectory("ehealthplus-full-").FullName;
        Assert.True(await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", mount), "A small file system is needed for this test: run it as root");
        try
        {
            var filler = Path.Combine(mount, "filler");
            File.WriteAllBytes(filler, new byte[6 << 20]);
            using var store = SqliteUnderTest.In(Path.Combine(mount, "data"));
            await store.OpenAsync(default);
            var kept = new List<SyntheticInstance>();
            Rejection? refused = null;
            for (var number = 0; refused is null && number < 5_000; number++)
            {
                var instance = new SyntheticInstance($"2.25.9.{number}") { Length = length };
                var result = await instance.KeepAsync(store.Instances);
                if (result.Accepted) kept.Add(instance);
                refused = result.Rejection;
            }

            Assert.Equal(RejectionCode.StorageFull, refused?.Code);
            Assert.NotEmpty(kept);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(mount, "data", "objects", "staging")));
            Assert.Equal(length > 100_000 ? kept.Count : 0, Directory.EnumerateFiles(Path.Combine(mount, "data", "objects"), "*", SearchOption.AllDirectories).Count());

            File.Delete(filler);
            var next = new SyntheticInstance($"2.25.9.{kept.Count}") { Length = length };
            Assert.Equal(InstanceVerdict.New, (await next.KeepAsync(store.Instances)).Value.Verdict);
            foreach (var instance in kept.Append(next))
                Assert.Equal(instance.Bytes(), await SyntheticInstance.ReadAsync(store.Instances, (await store.Instances.FindAsync(instance.SopInstanceUid, default))!));
        }
        finally
        {
            await RunAsync("umount", "-l", mount);
            Directory.Delete(mount, recursive: true);
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
