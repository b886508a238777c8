using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>
/// The hash that chains an audit row to the one before: SHA-256 of the previous hash (32 zero bytes before the first row), number and
/// time (8 bytes each, most significant first), the decision (1 byte), then actor, role, action, person, target and reason, each as its
/// length in bytes (4 bytes, -1 where there is none) and UTF-8.
/// </summary>
internal static class AuditChain
{
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    public static byte[] Next(ReadOnlySpan<byte> previous, long number, AuditEntry entry)
    {
        string?[] texts = [entry.Actor, entry.Role, entry.Action, entry.PersonId, entry.Target, entry.Reason];
        var length = previous.Length + 17 + texts.Sum(text => 4 + Encoding.UTF8.GetByteCount(text ?? ""));
        var row = length <= 1024 ? stackalloc byte[length] : new byte[length];
        previous.CopyTo(row);
        var rest = row[previous.Length..];
        BinaryPrimitives.WriteInt64BigEndian(rest, number);
        BinaryPrimitives.WriteInt64BigEndian(rest[8..], Time.Of(entry.At));
        rest[16] = entry.Permitted ? (byte)1 : (byte)0;
        rest = rest[17..];
        foreach (var text in texts)
        {
            var written = Encoding.UTF8.GetBytes(text ?? "", rest[4..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, text is null ? -1 : written);
            rest = rest[(4 + written)..];
        }

        return SHA256.HashData(row);
    }
}
