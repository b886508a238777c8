using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.PersonIndex.Matching;

/// <summary>Compares the three index fields beside the number. A field that is not stated does not agree (docs/decisions/0006).</summary>
internal static class IndexFields
{
    private static readonly FieldLocation Name = new("PID", 1, 5);
    private static readonly FieldLocation Sex = new("PID", 1, 8);
    private static readonly FieldLocation BirthDate = new("PID", 1, 7);

    /// <returns>Null where all three agree; else IdentityConflict with the first that does not.</returns>
    public static Rejection? Conflict(PatientAsStated stated, DateOnly birthDate, Person person)
    {
        if (Reliability.FaultOf(stated) is { } fault) return fault;
        if (birthDate != person.BirthDate) return new(RejectionCode.IdentityConflict, "The date of birth differs from the index", BirthDate);
        if (StatedSex.Read(stated.Sex) is not { } sex)
        {
            return new(RejectionCode.IdentityConflict, "The sex is not stated; number, name, sex and date of birth must all agree", Sex);
        }

        if (sex != person.Sex) return new(RejectionCode.IdentityConflict, "The sex differs from the index", Sex);
        return NameAgreement.Agrees(stated.Names, person)
            ? null
            : new Rejection(RejectionCode.IdentityConflict, "The name differs from the index, or is not stated", Name);
    }
}
