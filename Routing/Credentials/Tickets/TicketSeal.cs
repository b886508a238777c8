using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace EHealthPlus.Routing.Credentials.Tickets;

/// <summary>Seals tickets into tokens with the framework's Data Protection: nobody else can make, read or change one.</summary>
internal sealed class TicketSeal(IDataProtectionProvider protection)
{
    /// <summary>Longer ones are not ours, and not worth the work.</summary>
    private const int LongestToken = 4096;

    private readonly IDataProtector protector = protection.CreateProtector("EHealthPlus.Ticket");

    public string Seal(Ticket ticket) => Base64Url.EncodeToString(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket)));

    /// <returns>Null for whatever this hub did not seal.</returns>
    public Ticket? Open(string token)
    {
        if (token.Length > LongestToken || !Base64Url.IsValid(token)) return null;
        try
        {
            return JsonSerializer.Deserialize<Ticket>(protector.Unprotect(Base64Url.DecodeFromChars(token)));
        }
        catch (Exception foreign) when (foreign is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
