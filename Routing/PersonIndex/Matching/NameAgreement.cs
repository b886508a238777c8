using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.PersonIndex.Matching;

/// <summary>
/// Whether a name as stated is the name in the index. Case, accents, spaces, hyphens and other marks do not count; family and given
/// name may come in either order, given names joined or split. A Chinese name counts alone where the message or the index has no Latin one.
/// </summary>
internal static class NameAgreement
{
    public static bool Agrees(IReadOnlyList<StatedName> stated, Person person)
    {
        var family = Letters(person.FamilyName);
        var given = Letters(person.GivenName);
        var chinese = Letters(person.ChineseName);
        var latinCompared = false;
        var chineseAgrees = false;
        foreach (var name in stated)
        {
            var statedFamily = Letters(name.Family);
            var statedGiven = Letters(name.Given);
            if (statedFamily.Length + statedGiven.Length == 0) continue;
            if (IsChinese(statedFamily) || IsChinese(statedGiven))
            {
                chineseAgrees |= string.Equals(statedFamily + statedGiven, chinese, StringComparison.Ordinal);
            }
            else if (family.Length + given.Length > 0)
            {
                if (LatinAgrees(statedFamily, statedGiven, family, given)) return true;
                latinCompared = true;
            }
        }

        return chineseAgrees && !latinCompared;
    }

    /// <summary>The name's letters in capitals, without accents, marks and spaces. Full-width letters become ASCII.</summary>
    public static string Letters(string name)
    {
        if (name.Length == 0) return name;
        var decomposed = name.Normalize(NormalizationForm.FormKD);
        var letters = decomposed.Length <= 128 ? stackalloc char[decomposed.Length] : new char[decomposed.Length];
        var length = 0;
        foreach (var rune in decomposed.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) length += Rune.ToUpperInvariant(rune).EncodeToUtf16(letters[length..]);
        }

        return new(letters[..length]);
    }

    public static bool IsChinese(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter && rune.Value >= 0x2E80) return true;
        }

        return false;
    }

    private static bool LatinAgrees(string statedFamily, string statedGiven, string family, string given)
    {
        if (statedFamily.Length > 0 && statedGiven.Length > 0 && family.Length > 0 && given.Length > 0)
        {
            return (Same(statedFamily, family) && Same(statedGiven, given)) || (Same(statedFamily, given) && Same(statedGiven, family));
        }

        // The whole name in one component: only its order can be told.
        var whole = statedFamily + statedGiven;
        return Same(whole, family + given) || Same(whole, given + family);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
