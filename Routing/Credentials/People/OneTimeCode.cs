using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EHealthPlus.Routing.Credentials.People;

/// <summary>Time-based one-time codes (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds since 1970, as every authenticator app makes them.</summary>
internal static class OneTimeCode
{
    /// <summary>160 bits, the length of the hash (RFC 4226 section 4).</summary>
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="lastUsed">Steps up to this one are not taken again (RFC 6238 section 5.2).</param>
    /// <returns>The step that the code belongs to, at most one away from now; null where it is wrong or used.</returns>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastUsed)
    {
        var given = Encoding.UTF8.GetBytes(code);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(At(secret, step)), given) && step > lastUsed) found = step;
        }

        return found;
    }

    /// <summary>The code of a step (RFC 4226 section 5.3).</summary>
    public static string At(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238's own hash, and the only one that authenticator apps have in common; HMAC does not need it free of collisions.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var truncated = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0x0F, 4)) & 0x7FFFFFFF;
        return (truncated % 1_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>What an authenticator app reads from a QR code.</summary>
    public static string UriOf(string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/eHealth%2B:{Uri.EscapeDataString(account)}?secret={Base32Of(secret)}&issuer=eHealth%2B&algorithm=SHA1&digits={Digits}&period={StepSeconds}";

    /// <summary>Base 32 without padding (RFC 4648 section 6).</summary>
    public static string Base32Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var each in bytes)
        {
            held = ((held << 8) | each) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[(held >> (bits - 5)) & 31]);
        }

        if (bits > 0) text.Append(Base32[(held << (5 - bits)) & 31]);
        return text.ToString();
    }
}
