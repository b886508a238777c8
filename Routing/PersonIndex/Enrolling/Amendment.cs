using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.PersonIndex.Matching;

namespace EHealthPlus.Routing.PersonIndex.Enrolling;

/// <summary>
/// What an enrolment changes in a person with the same number. A field that differs is replaced only by a better assured one, and only one
/// at a time: where two differ, it may be somebody else, whose number was once typed wrong.
/// </summary>
internal static class Amendment
{
    /// <returns>The person as he is then; null for a conflict.</returns>
    public static Person? Of(Person person, Enrolment enrolment)
    {
        var (kept, stated) = (person.Assurance, enrolment.Assurance);
        var sameName = NameAgreement.Agrees([new(enrolment.FamilyName, enrolment.GivenName, ""), new(enrolment.ChineseName, "", "I")], person);
        var sameSex = person.Sex == enrolment.Sex;
        var sameDate = person.BirthDate == enrolment.BirthDate;
        var differing = (sameName ? 0 : 1) + (sameSex ? 0 : 1) + (sameDate ? 0 : 1);
        var better = (sameName || stated.Name > kept.Name) && (sameSex || stated.Sex > kept.Sex) && (sameDate || stated.BirthDate > kept.BirthDate);
        if (differing > 1 || !better || (differing == 1 && stated.Document < Assurance.DocumentSeen)) return null;

        var amended = person with { Assurance = kept.Raised(stated) };
        if (!sameSex) amended = amended with { Sex = enrolment.Sex };
        if (!sameDate) amended = amended with { BirthDate = enrolment.BirthDate };
        if (stated.Name > kept.Name && enrolment.FamilyName.Length + enrolment.GivenName.Length > 0) amended = amended with { FamilyName = enrolment.FamilyName, GivenName = enrolment.GivenName };
        if (enrolment.ChineseName.Length > 0 && (stated.Name > kept.Name || person.ChineseName.Length == 0)) amended = amended with { ChineseName = enrolment.ChineseName };
        return amended;
    }
}
