using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.PersonIndex.Documents;
using EHealthPlus.Routing.PersonIndex.Matching;

namespace EHealthPlus.Routing.PersonIndex.Reviewing;

/// <summary>Tells statements of one source apart by what identifies: numbers that last, names, sex and day of birth.</summary>
internal static class Fingerprint
{
    private const int Characters = 32;

    public static StatedIdentity Identify(string sourceId, PatientAsStated stated)
    {
        var numbers = stated.Identifiers.Where(identifier => StatedDocument.IsDocument(identifier) || StatedDocument.IsLocalNumber(identifier)).ToList();
        var lines = numbers.Select(number => $"{number.TypeCode}^{number.AssigningAuthority}^{number.Value}").Order(StringComparer.Ordinal)
            .Concat(stated.Names.Select(name => $"{NameAgreement.Letters(name.Family)}^{NameAgreement.Letters(name.Given)}").Order(StringComparer.Ordinal))
            .Append(stated.BirthDate.Length > 8 ? stated.BirthDate[..8] : stated.BirthDate).Append(stated.Sex);
        return new(sourceId, Of(string.Join('\n', lines)), numbers, stated.Names, stated.BirthDate, stated.Sex, LocalNumbers.Of(sourceId, stated.Identifiers));
    }

    /// <summary>Another question about the same statement.</summary>
    public static string OfDispute(StatedIdentity stated) => Of("dispute\n" + stated.Fingerprint);

    private static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Characters];
}
