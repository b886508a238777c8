using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>
/// What of an instance is sealed in its row: the key of its object (32 bytes), the SHA-256 of its bytes (32), the length of the file meta information
/// plus one as varint (0 where it came without), the file meta information, the DICOM JSON.
/// </summary>
internal readonly record struct InstanceContent(ReadOnlyMemory<byte> ObjectKey, ReadOnlyMemory<byte> Sha256, ReadOnlyMemory<byte>? FileMeta, ReadOnlyMemory<byte> Json)
{
    private const int HashLength = 32;

    public static byte[] Write(ReadOnlySpan<byte> objectKey, ReadOnlySpan<byte> sha256, ReadOnlyMemory<byte>? fileMeta, ReadOnlySpan<byte> json)
    {
        var meta = fileMeta is { } bytes ? bytes.Span : default;
        var content = new byte[objectKey.Length + sha256.Length + Varint.MaximumLength + meta.Length + json.Length];
        objectKey.CopyTo(content);
        sha256.CopyTo(content.AsSpan(objectKey.Length));
        var at = objectKey.Length + sha256.Length;
        at += Varint.Write(content.AsSpan(at), fileMeta is null ? 0 : (ulong)meta.Length + 1);
        meta.CopyTo(content.AsSpan(at));
        json.CopyTo(content.AsSpan(at + meta.Length));
        return content[..(at + meta.Length + json.Length)];
    }

    /// <exception cref="InvalidDataException">It was not written by <see cref="Write"/>.</exception>
    public static InstanceContent Read(ReadOnlyMemory<byte> content)
    {
        var rest = content.Span[(ObjectCipher.KeyLength + HashLength)..];
        var meta = (int)Varint.Read(ref rest);
        var at = content.Length - rest.Length;
        var length = Math.Max(0, meta - 1);
        ReadOnlyMemory<byte>? fileMeta = null;
        if (meta > 0) fileMeta = content.Slice(at, length);
        return new(content[..ObjectCipher.KeyLength], content.Slice(ObjectCipher.KeyLength, HashLength), fileMeta, content[(at + length)..]);
    }
}
