using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.PersonIndex.Documents;

/// <summary>Tells the identity card number from the local numbers of a PID-3.</summary>
internal static class StatedDocument
{
    /// <summary>
    /// The identifier that is stated as HKID: type NNHKG (HL7 table 0203: national person identifier of HKG) or HKID,
    /// type NI given by a Hong Kong authority, or a value that begins with HKID:.
    /// </summary>
    /// <returns>Normalised number, or null where none is stated. Rejection 402 for a wrong one, 404 where two differ.</returns>
    public static Result<string?> Find(IReadOnlyList<StatedIdentifier> identifiers)
    {
        string? found = null;
        foreach (var identifier in identifiers)
        {
            if (!IsDocument(identifier)) continue;
            if (Hkid.Parse(identifier.Value) is not { } number)
            {
                return new Rejection(
                    RejectionCode.IdentityDocumentInvalid,
                    "The identity card number has not the form of one or two letters, six digits and a check character, or the check character is wrong",
                    identifier.Location);
            }

            if (found is not null && !string.Equals(found, number, StringComparison.Ordinal))
            {
                return new Rejection(RejectionCode.IdentityConflict, "The message states two different identity card numbers", identifier.Location);
            }

            found = number;
        }

        return found;
    }

    public static bool IsDocument(StatedIdentifier identifier) =>
        identifier.Value.Length > 0
        && (identifier.TypeCode.Equals("NNHKG", StringComparison.OrdinalIgnoreCase)
            || identifier.TypeCode.Equals("HKID", StringComparison.OrdinalIgnoreCase)
            || (identifier.TypeCode.Equals("NI", StringComparison.OrdinalIgnoreCase) && IsHongKong(identifier.AssigningAuthority))
            || Hkid.HasPrefix(identifier.Value));

    /// <summary>A number that names a person for longer than one visit or account, so that it can be remembered.</summary>
    public static bool IsLocalNumber(StatedIdentifier identifier) =>
        identifier.Value.Length > 0 && !IsDocument(identifier) && identifier.TypeCode is not ("VN" or "AN" or "ANON" or "ANC");

    // HKG is the country (ISO 3166), HKSARG its government, IMMD the Immigration Department, which issues the card.
    private static bool IsHongKong(string authority) =>
        authority.ToUpperInvariant() is "HK" or "HKG" or "HKSAR" or "HKSARG" or "IMMD" or "HKIMMD" or "HKID";
}
