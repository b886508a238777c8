using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>
/// The secret of a project. What replaces an identity comes from it by HMAC-SHA256: the same for the same value and key, so that studies of
/// one patient stay together, and not to be traced back or compared between projects without it. No table of who is who is kept.
/// </summary>
public sealed class ProjectKey
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;

    private const int LargestShift = 3650;

    private readonly byte[] key;

    /// <param name="key"><see cref="Length"/> random bytes.</param>
    public ProjectKey(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Length);
        this.key = key.ToArray();
    }

    /// <summary>A UID made of a UUID (PS3.5-2025a B.2), of version 8 (RFC 9562 section 5.8). What the standard registers stays: it names nobody's instance.</summary>
    public string Uid(string original)
    {
        if (original.Length == 0 || UidDictionary.Find(original) is not null) return original;
        byte[] bytes = Digest("uid", original)[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return "2.25." + new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Takes the place of a patient's number: 20 letters and digits.</summary>
    /// <param name="patientId">As stated, without padding. Who assigned it is left out: not every device of a study says it.</param>
    public string Pseudonym(string patientId) => Convert.ToHexString(Digest("patient", patientId).AsSpan(0, 10));

    /// <summary>By how much all dates of a patient move: 1 to 3,650 days into the past.</summary>
    public int ShiftOfDays(string patientId) => -1 - (int)(BinaryPrimitives.ReadUInt32BigEndian(Digest("dates", patientId)) % LargestShift);

    private byte[] Digest(string purpose, string value) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\0{value}"));
}
