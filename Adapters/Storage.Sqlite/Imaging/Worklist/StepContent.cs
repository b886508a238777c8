using System.Security.Cryptography;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;

/// <summary>What of a performed step is sealed: hash of the N-CREATE, hash of the last N-SET or zeros, attributes.</summary>
internal static class StepContent
{
    private const int Hash = SHA256.HashSizeInBytes;

    public static byte[] Write(ReadOnlySpan<byte> created, ReadOnlySpan<byte> changed, ReadOnlySpan<byte> attributes)
    {
        var content = new byte[(2 * Hash) + attributes.Length];
        created.CopyTo(content);
        changed.CopyTo(content.AsSpan(Hash));
        attributes.CopyTo(content.AsSpan(2 * Hash));
        return content;
    }

    public static (ReadOnlyMemory<byte> Created, ReadOnlyMemory<byte> Changed, ReadOnlyMemory<byte> Attributes) Read(ReadOnlyMemory<byte> content)
    {
        var changed = content.Slice(Hash, Hash);
        return (content[..Hash], changed.Span.ContainsAnyExcept((byte)0) ? changed : default, content[(2 * Hash)..]);
    }
}
