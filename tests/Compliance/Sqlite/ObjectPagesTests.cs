using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Memory that the kernel keeps of objects: none is taken by those that were written, for the next ones need it (decision 59).</summary>
public sealed partial class ObjectPagesTests : IDisposable
{
    // Where the tests stand, and not the folder for what is temporary: that one may be a file system whose only place is memory.
    private readonly string folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"pages-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(300_000)]
    [InlineData(40_000_000)]
    public async Task An_object_that_is_kept_is_on_the_disk_alone_until_it_is_read(int length)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the kernel is told nothing");
        using var store = SqliteUnderTest.In(folder);
        await store.OpenAsync(TestContext.Current.CancellationToken);

        var instance = new SyntheticInstance("2.25.9.1") { Length = length };
        await instance.KeepAsync(store.Instances);

        var file = Directory.EnumerateFiles(Path.Combine(folder, "objects"), "*", SearchOption.AllDirectories).Single();
        Assert.Equal(0, PagesInMemory(file));
        Assert.Equal(instance.Bytes(), await SyntheticInstance.ReadAsync(store.Instances, (await store.Instances.FindAsync("2.25.9.1", TestContext.Current.CancellationToken))!));
        Assert.InRange(PagesInMemory(file), length / Environment.SystemPageSize, long.MaxValue);
    }

    private static long PagesInMemory(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        var pages = new byte[view.Capacity / Environment.SystemPageSize];
        Assert.Equal(0, InMemory(view.SafeMemoryMappedViewHandle, (nuint)view.Capacity, pages));
        return pages.Count(page => (page & 1) != 0);
    }

    [LibraryImport("libc", EntryPoint = "mincore")]
    private static partial int InMemory(SafeBuffer address, nuint length, [Out] byte[] pages);
}
