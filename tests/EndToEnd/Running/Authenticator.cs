using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>An authenticator app (RFC 6238), written apart from the hub's own, to judge it.</summary>
internal sealed class Authenticator
{
    private readonly byte[] secret;
    private long step = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;

    /// <param name="uri">otpauth: URI, as a QR code holds it.</param>
    public Authenticator(string uri)
    {
        var bits = string.Concat(uri.Split("secret=")[1].Split('&')[0].Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        secret = [.. Enumerable.Range(0, bits.Length / 8).Select(each => Convert.ToByte(bits.Substring(each * 8, 8), 2))];
    }

    /// <summary>A code that was not given before. Two can be used at once: the hub takes the step that comes next as well.</summary>
    public string NextCode()
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step++);
#pragma warning disable CA5350 // The hash that the standard names.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[19] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
