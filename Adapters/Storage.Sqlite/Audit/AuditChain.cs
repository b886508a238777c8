using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>
/// The hash that chains an audit row to the one before: SHA-256 of the previous hash (32 zero bytes before the first row), the form
/// (1 byte, 2; rows written before there were forms have none), number and time (8 bytes each, most significant first), the decision
/// (1 byte), then actor, role, action, person, target and reason, each as its length in bytes (4 bytes, -1 where there is none) and
/// UTF-8. In form 2 the circumstance follows: purpose, address, source, certificate, provider and on behalf of, written alike, and the
/// care relation (1 byte). The number's first byte is 0: no row of one form reads as one of the other.
/// For one thread at a time.
/// </summary>
internal sealed class AuditChain
{
    public const int HashLength = SHA256.HashSizeInBytes;

    private const byte SecondForm = 2;

    private byte[] row = new byte[1024];
    private int length;

    public static byte[] Start() => new byte[HashLength];

    public void BeginFirstForm(ReadOnlySpan<byte> previous, long number, long at, bool permitted)
    {
        previous.CopyTo(row);
        Begin(HashLength, number, at, permitted);
    }

    public void BeginSecondForm(ReadOnlySpan<byte> previous, long number, long at, bool permitted)
    {
        previous.CopyTo(row);
        row[HashLength] = SecondForm;
        Begin(HashLength + 1, number, at, permitted);
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            Absent();
            return;
        }

        Room(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = Encoding.UTF8.GetBytes(text, row.AsSpan(length + 4));
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(length), written);
        length += 4 + written;
    }

    public void Utf8(ReadOnlySpan<byte> text)
    {
        Room(4 + text.Length);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(length), text.Length);
        text.CopyTo(row.AsSpan(length + 4));
        length += 4 + text.Length;
    }

    public void Absent()
    {
        Room(4);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(length), -1);
        length += 4;
    }

    public void Flag(byte value)
    {
        Room(1);
        row[length++] = value;
    }

    /// <summary>What these calls write already, such as a circumstance that many rows share.</summary>
    public void Packed(ReadOnlySpan<byte> written)
    {
        Room(written.Length);
        written.CopyTo(row.AsSpan(length));
        length += written.Length;
    }

    public void Hash(Span<byte> hash)
    {
        var hasher = KeptHash.Sha256;
        hasher.AppendData(row.AsSpan(0, length));
        hasher.GetHashAndReset(hash);
    }

    private void Begin(int from, long number, long at, bool permitted)
    {
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(from), number);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(from + 8), at);
        row[from + 16] = permitted ? (byte)1 : (byte)0;
        length = from + 17;
    }

    private void Room(int bytes)
    {
        if (length + bytes > row.Length) Array.Resize(ref row, Math.Max(length + bytes, row.Length * 2));
    }
}
