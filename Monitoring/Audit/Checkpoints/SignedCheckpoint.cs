using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Monitoring.Audit.Checkpoints;

/// <summary>
/// One line of the checkpoint file, six words: sequence, number of the newest audit entry, its hash (hexadecimal), time (UTC),
/// SHA-256 of the line before (hexadecimal, zeros before the first), and the signature (base64) of a fixed heading and the five words
/// before it: ECDSA on P-256 with SHA-256 (FIPS 186-5), both numbers one after the other.
/// </summary>
internal sealed record SignedCheckpoint(long Sequence, AuditCheckpoint Checkpoint, string Previous, string Signature)
{
    private const string Heading = "eHealth+ audit checkpoint\n";
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static readonly string NoPrevious = new('0', 64);

    public string Line => $"{Signed} {Signature}";

    private string Signed => string.Create(
        CultureInfo.InvariantCulture,
        $"{Sequence} {Checkpoint.Number} {Convert.ToHexStringLower(Checkpoint.Hash.Span)} {Checkpoint.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {Previous}");

    public static SignedCheckpoint Sign(AuditCheckpoint checkpoint, SignedCheckpoint? before, ECDsa key)
    {
        var draft = new SignedCheckpoint((before?.Sequence ?? 0) + 1, checkpoint, before is null ? NoPrevious : HashOf(before.Line), "");
        return draft with { Signature = Convert.ToBase64String(key.SignData(Bytes(draft.Signed), HashAlgorithmName.SHA256)) };
    }

    /// <returns>Null for a line that is none, or is not written as this class writes it.</returns>
    public static SignedCheckpoint? Parse(string line)
    {
        if (line.Split(' ') is not [var sequence, var number, { Length: 64 } hash, var at, { Length: 64 } previous, var signature]) return null;
        if (!long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return null;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var entry)) return null;
        if (!DateTimeOffset.TryParseExact(at, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return null;
        if (!hash.All(char.IsAsciiHexDigitLower)) return null;
        var read = new SignedCheckpoint(place, new(entry, Convert.FromHexString(hash), time), previous, signature);
        return string.Equals(read.Line, line, StringComparison.Ordinal) ? read : null;
    }

    public bool IsSignedBy(ECDsa key)
    {
        var signature = new byte[128];
        return Convert.TryFromBase64String(Signature, signature, out var length)
            && key.VerifyData(Bytes(Signed), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    public bool Follows(SignedCheckpoint? before) =>
        Sequence == (before?.Sequence ?? 0) + 1 && string.Equals(Previous, before is null ? NoPrevious : HashOf(before.Line), StringComparison.Ordinal);

    private static byte[] Bytes(string signed) => Encoding.UTF8.GetBytes(Heading + signed);

    private static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}
