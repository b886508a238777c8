using System.Security.Cryptography;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Endpoints.Hub.Credentials;

/// <summary>
/// DataDirectory/credentials.json of the embedded mode: one bearer token for each role, by name. Made at the first start, readable by its owner only.
/// </summary>
public static class CredentialFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <returns>Role names and tokens.</returns>
    /// <exception cref="InvalidDataException">The file is there but is not such a list.</exception>
    public static IReadOnlyDictionary<string, string> LoadOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "credentials.json");
        if (File.Exists(path))
        {
            try
            {
                return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))
                    ?? throw new InvalidDataException($"{path} is empty: delete it, and the hub makes a new one");
            }
            catch (JsonException fault)
            {
                throw new InvalidDataException($"{path} is not a list of role names and tokens: delete it, and the hub makes a new one", fault);
            }
        }

        var tokens = Enum.GetValues<Role>().ToDictionary(AccessPrincipal.KeyOf, _ => NewToken());
        LastingFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(tokens, Indented), ownerOnly: true);
        return tokens;
    }

    /// <summary>256 random bits, base64url (RFC 4648 section 5).</summary>
    private static string NewToken() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
