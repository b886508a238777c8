using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <summary>Copies objects from one folder to another, hashing what is copied.</summary>
internal static class ObjectCopying
{
    private const int BufferLength = 1 << 20;

    /// <summary>Copies one object; it has its name when all its bytes are on disk. The name lasts when its folder is flushed.</summary>
    /// <param name="before">Called with the hash of what was copied, before the name is given.</param>
    /// <returns>Null; or why there is nothing to copy.</returns>
    public static string? Copy(string from, string to, NamedObject named, Action<string>? before = null)
    {
        if (!File.Exists(from)) return $"{named.Path} is missing";
        var draft = to + ".new";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var source = Open(from))
        {
            if (source.Length != named.Length) return $"{named.Path} has {source.Length} bytes in place of {named.Length}";
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            using var target = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            Read(source, part =>
            {
                hash.AppendData(part);
                target.Write(part);
            });
            target.Flush(flushToDisk: true);
        }

        before?.Invoke(Convert.ToHexStringLower(hash.GetHashAndReset()));
        File.Move(draft, to, overwrite: true);
        return null;
    }

    public static string HashOf(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = Open(path);
        Read(source, hash.AppendData);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Makes the names of all objects last.</summary>
    /// <param name="folder">That objects/ stands in.</param>
    public static void FlushNames(string folder)
    {
        var objects = Path.Combine(folder, "objects");
        if (!Directory.Exists(objects)) return;
        foreach (var part in Directory.GetDirectories(objects)) LastingName.Flush(part);
        LastingName.Flush(objects);
        LastingName.Flush(folder);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.SequentialScan);

    private static void Read(FileStream source, Action<ReadOnlySpan<byte>> take)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (int count; (count = source.Read(buffer)) > 0;) take(buffer.AsSpan(0, count));
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
