using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EHealthPlus.Routing.Credentials.Machines;

/// <summary>
/// The public keys of a client: a JSON Web Key Set (RFC 7517). Each key is good for one algorithm, the one its kind implies (RFC 7518):
/// ES384 with an EC key on P-384, RS384 with an RSA key from 2048 bits. What the assertion claims about its algorithm cannot change that.
/// </summary>
internal sealed class KeySet
{
    private const int MostKeys = 10;
    private const int MostCharacters = 32 * 1024;

    private readonly Dictionary<string, Func<byte[], byte[], bool>> verifiers = new(StringComparer.Ordinal);

    private KeySet()
    {
    }

    /// <returns>The set; or what is wrong with it.</returns>
    public static (KeySet? Keys, string? Problem) Read(string json)
    {
        if (json.Length > MostCharacters) return (null, "keySet is too long");
        try
        {
            if (JsonNode.Parse(json)?["keys"] is not JsonArray { Count: > 0 and <= MostKeys } keys) return (null, $"keySet has no keys, or more than {MostKeys}");
            var set = new KeySet();
            foreach (var key in keys)
            {
                if (set.Add(key!.AsObject()) is { } problem) return (null, problem);
            }

            return (set, null);
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException or CryptographicException)
        {
            return (null, "keySet is not a JSON Web Key Set that can be read");
        }
    }

    /// <summary>Verifies a signature with the one key of that algorithm and id.</summary>
    public bool Verifies(string algorithm, string keyId, byte[] signed, byte[] signature) =>
        verifiers.TryGetValue($"{algorithm} {keyId}", out var verify) && verify(signed, signature);

    private string? Add(JsonObject key)
    {
        if (Text(key, "kid") is not { Length: > 0 } keyId) return "A key has no kid";
        if (key.ContainsKey("d")) return $"Key {keyId} is a private key: register the public one, and use it no more";
        var (algorithm, verify) = Text(key, "kty") switch
        {
            "EC" when Text(key, "crv") is "P-384" => ("ES384", Elliptic(key)),
            "RSA" => ("RS384", Rsa(key)),
            _ => ("", null),
        };
        if (verify is null) return $"Key {keyId} is neither EC on P-384 nor RSA from 2048 bits";
        if (Text(key, "alg") is { } stated && stated != algorithm) return $"Key {keyId} is for {stated}; taken are RS384 and ES384";
        return verifiers.TryAdd($"{algorithm} {keyId}", verify) ? null : $"Two keys have the kid {keyId}";
    }

    private static Func<byte[], byte[], bool> Elliptic(JsonObject key)
    {
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP384, Q = new() { X = Bytes(key, "x"), Y = Bytes(key, "y") } };
        using (ECDsa.Create(parameters))
        {
            // Made once here: a point that is not on the curve is found when the key is registered.
        }

        return (signed, signature) =>
        {
            using var verifier = ECDsa.Create(parameters);
            return verifier.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        };
    }

    private static Func<byte[], byte[], bool>? Rsa(JsonObject key)
    {
        var parameters = new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") };
        using (var rsa = RSA.Create(parameters))
        {
            if (rsa.KeySize is < 2048 or > 8192) return null;
        }

        return (signed, signature) =>
        {
            using var verifier = RSA.Create(parameters);
            return verifier.VerifyData(signed, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
        };
    }

    private static string? Text(JsonObject key, string name) => key[name]?.GetValue<string>();

    private static byte[] Bytes(JsonObject key, string name) => Base64Url.DecodeFromChars(key[name]!.GetValue<string>());
}
