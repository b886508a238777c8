using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Credentials;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EHealthPlus.Routing.Credentials.People;

/// <summary>What an account knows a person by: hashes of passwords by the framework's hasher, secrets of codes under its Data Protection.</summary>
internal sealed class Secrets
{
    public const int ShortestPassword = 12;
    public const int LongestPassword = 128;

    private const int FewestCharacters = 5;

    private static readonly PersonAccount Nobody = new("", default, null, "");

    private readonly PasswordHasher<PersonAccount> hasher;
    private readonly IDataProtector protector;
    private readonly string unmatched;

    public Secrets(IDataProtectionProvider protection)
    {
        // PBKDF2 with HMAC-SHA-512; the count that OWASP's password storage guide names for it (2023).
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
        protector = protection.CreateProtector("EHealthPlus.OneTimeCode");
        unmatched = hasher.HashPassword(Nobody, NewToken());
    }

    /// <summary>256 random bits, base64url (RFC 4648 section 5).</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>64 random bits: names one generation of sessions, and is no secret.</summary>
    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public string HashPassword(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>Takes as long for an account that is not there, or has no password yet.</summary>
    public bool IsPassword(string? hash, string password) =>
        hasher.VerifyHashedPassword(Nobody, hash ?? unmatched, password) != PasswordVerificationResult.Failed && hash is not null;

    /// <summary>Length counts most (NIST SP 800-63B 5.1.1.2); what repeats itself or the account's name is refused.</summary>
    public static bool IsTooWeak(string password, string account) =>
        password.Length is < ShortestPassword or > LongestPassword || password.Distinct().Count() < FewestCharacters
        || password.Contains(account, StringComparison.OrdinalIgnoreCase);

    /// <summary>A new secret for codes, protected.</summary>
    public string NewCodeSecret() => Base64Url.EncodeToString(protector.Protect(RandomNumberGenerator.GetBytes(OneTimeCode.SecretBytes)));

    /// <returns>Null where it cannot be read: its key is gone, and the account must be set up anew.</returns>
    public byte[]? CodeSecretOf(PersonAccount account)
    {
        if (account.CodeSecret is not { } kept) return null;
        try
        {
            return protector.Unprotect(Base64Url.DecodeFromChars(kept));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
