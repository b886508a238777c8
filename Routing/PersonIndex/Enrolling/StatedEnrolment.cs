using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.PersonIndex.Documents;
using EHealthPlus.Routing.PersonIndex.Matching;

namespace EHealthPlus.Routing.PersonIndex.Enrolling;

/// <summary>Reads the patient of an ADT^A28 as an enrolment: all four index fields must be stated.</summary>
internal static class StatedEnrolment
{
    public static Result<Enrolment> Read(PatientAsStated stated, DateTimeOffset now)
    {
        var document = StatedDocument.Find(stated.Identifiers);
        if (!document.Accepted) return document.Rejection;
        if (document.Value is not { } number)
        {
            return new Rejection(RejectionCode.IdentityMissing, "An enrolment needs the identity card number", new FieldLocation("PID", 1, 3));
        }

        var birthDate = StatedBirthDate.Read(stated.BirthDate, now);
        if (!birthDate.Accepted) return birthDate.Rejection;
        if (Reliability.FaultOf(stated) is { } fault) return fault;
        if (StatedSex.Read(stated.Sex) is not { } sex)
        {
            return new Rejection(RejectionCode.RequiredFieldMissing, "An enrolment needs the sex", new FieldLocation("PID", 1, 8));
        }

        var latin = stated.Names.FirstOrDefault(name => Text(name).Length > 0 && !NameAgreement.IsChinese(Text(name)));
        var chinese = stated.Names.FirstOrDefault(name => NameAgreement.IsChinese(Text(name)));
        return latin is null && chinese is null
            ? new Rejection(RejectionCode.RequiredFieldMissing, "An enrolment needs the name", new FieldLocation("PID", 1, 5))
            : new Enrolment(
                number, latin?.Family.Trim() ?? "", latin?.Given.Trim() ?? "", chinese is null ? "" : Text(chinese), sex, birthDate.Value)
            {
                Assurance = IndexAssurance.Of(Reliability.AssuranceOf(stated)),
            };
    }

    private static string Text(StatedName name) => string.Concat(name.Family.Trim(), name.Given.Trim());
}
