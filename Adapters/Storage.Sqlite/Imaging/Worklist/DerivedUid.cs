using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;

/// <summary>The Study Instance UID of an order that gives none: 2.25. and a UUID of version 8, made of the order's id (PS3.5-2024 B.2).</summary>
internal static class DerivedUid
{
    public static string Of(string orderId)
    {
        var uuid = SHA256.HashData(Encoding.UTF8.GetBytes($"study of ServiceRequest/{orderId}")).AsSpan(0, 16);
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        return string.Create(CultureInfo.InvariantCulture, $"2.25.{new BigInteger(uuid, isUnsigned: true, isBigEndian: true)}");
    }
}
