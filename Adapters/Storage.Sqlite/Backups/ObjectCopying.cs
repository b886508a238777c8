using System.Buffers;
using System.Security.Cryptography;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <summary>Copies objects from one folder to another, hashing what is copied. Folders are those that objects/ stands in.</summary>
internal static class ObjectCopying
{
    private const int BufferLength = 1 << 20;

    /// <returns>Why there is nothing to copy; null where there is.</returns>
    public static string? Fault(NamedObject named, string folder)
    {
        var file = new FileInfo(Path.Combine(folder, named.Path));
        if (!file.Exists) return $"{named.Path} is missing";
        return file.Length == named.Length ? null : $"{named.Path} has {file.Length} bytes in place of {named.Length}";
    }

    /// <summary>Copies an object; it has its name when all its bytes are on disk. The name lasts when its folder is flushed.</summary>
    /// <returns>SHA-256 of the file, in lower-case hexadecimal digits.</returns>
    public static string Copy(NamedObject named, string from, string to)
    {
        var path = Path.Combine(to, named.Path);
        var draft = path + ".new";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        using (var source = Open(Path.Combine(from, named.Path)))
        using (var target = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            for (int count; (count = source.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer.AsSpan(0, count));
                target.Write(buffer.AsSpan(0, count));
            }

            target.Flush(flushToDisk: true);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        File.Move(draft, path, overwrite: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string HashOf(string path)
    {
        using var source = Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(source));
    }

    /// <summary>Makes the names of all objects last.</summary>
    public static void FlushNames(string folder)
    {
        var objects = Path.Combine(folder, "objects");
        if (!Directory.Exists(objects)) return;
        foreach (var part in Directory.GetDirectories(objects)) LastingName.Flush(part);
        LastingName.Flush(objects);
        LastingName.Flush(folder);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.SequentialScan);
}
