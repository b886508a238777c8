using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Credentials.Machines;

/// <summary>Assertions as a client makes them, right or wrong: written apart from the hub's own reader, to judge it.</summary>
internal static class SignedAssertion
{
    public const string Endpoint = "https://hub.example/oauth/token";

    public static readonly ECDsa Elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    public static readonly RSA Rsa = RSA.Create(2048);

    public static string KeySet
    {
        get
        {
            var (q, rsa) = (Elliptic.ExportParameters(false).Q, Rsa.ExportParameters(false));
            return new JsonObject
            {
                ["keys"] = new JsonArray(
                    new JsonObject { ["kty"] = "EC", ["crv"] = "P-384", ["kid"] = "ec", ["alg"] = "ES384", ["x"] = Text(q.X!), ["y"] = Text(q.Y!) },
                    new JsonObject { ["kty"] = "RSA", ["kid"] = "rsa", ["n"] = Text(rsa.Modulus!), ["e"] = Text(rsa.Exponent!) }),
            }.ToJsonString();
        }
    }

    /// <summary>The claims of a good assertion, to be changed.</summary>
    public static Dictionary<string, object> Claims(string client, DateTimeOffset now) => new(StringComparer.Ordinal)
    {
        ["iss"] = client, ["sub"] = client, ["aud"] = Endpoint, ["jti"] = Guid.NewGuid().ToString("N"), ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
    };

    public static string Es384(Dictionary<string, object> claims, ECDsa? key = null, string keyId = "ec", string algorithm = "ES384") =>
        Compact(algorithm, keyId, claims, signed => (key ?? Elliptic).SignData(signed, HashAlgorithmName.SHA384));

    public static string Rs384(Dictionary<string, object> claims, string keyId = "rsa", string algorithm = "RS384") =>
        Compact(algorithm, keyId, claims, signed => Rsa.SignData(signed, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1));

    public static string Compact(string algorithm, string keyId, Dictionary<string, object> claims, Func<byte[], byte[]> sign)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, kid = keyId, typ = "JWT" });
        var signed = $"{Text(header)}.{Text(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Text(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
