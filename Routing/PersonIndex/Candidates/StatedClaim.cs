using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.PersonIndex.Documents;
using EHealthPlus.Routing.PersonIndex.Matching;
using EHealthPlus.Routing.PersonIndex.Names;

namespace EHealthPlus.Routing.PersonIndex.Candidates;

/// <summary>Reads a claim from what was stated, however incomplete it is.</summary>
internal static class StatedClaim
{
    public static Claim Of(PatientAsStated stated, DateTimeOffset now) => Of(stated.Identifiers, stated.Names, stated.BirthDate, stated.Sex, now);

    public static Claim Of(StatedIdentity stated, DateTimeOffset now) => Of(stated.Identifiers, stated.Names, stated.BirthDate, stated.Sex, now);

    private static Claim Of(IReadOnlyList<StatedIdentifier> identifiers, IReadOnlyList<StatedName> names, string birthDate, string sex, DateTimeOffset now)
    {
        var document = StatedDocument.Find(identifiers);
        var number = document.Accepted ? document.Value : null;
        var date = StatedBirthDate.Read(birthDate, now);
        return new(
            NameReading.Of(names), date.Accepted ? date.Value : null, StatedSex.Read(sex), number,
            [.. identifiers.Where(identifier => number is null && IsOfDocument(identifier)).Select(identifier => identifier.Value.ToUpperInvariant())]);
    }

    // HL7 table 0203: passport, birth certificate, travel document, resident and citizenship cards; and a card number that is not valid.
    private static bool IsOfDocument(StatedIdentifier identifier) =>
        StatedDocument.IsDocument(identifier) || identifier.TypeCode is "PPN" or "BC" or "BCT" or "TDN" or "PRC" or "CZ" or "TPR" or "NI" || identifier.TypeCode.StartsWith("NN", StringComparison.Ordinal);
}
