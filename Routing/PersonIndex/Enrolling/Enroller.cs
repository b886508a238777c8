using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.PersonIndex.Candidates;
using EHealthPlus.Routing.PersonIndex.Documents;
using EHealthPlus.Routing.PersonIndex.Matching;

namespace EHealthPlus.Routing.PersonIndex.Enrolling;

/// <summary>Opens accounts. Who enrols again may bring better assured fields: they replace the weaker ones, one at a time.</summary>
internal sealed class Enroller(IPersonStore persons, IConsentStore consents, KnownPersons known, TimeProvider time)
{
    public async Task<Result<Person>> EnrolAsync(Enrolment enrolment, string actor, Role role, bool repeatAccepted, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        if (Hkid.Parse(enrolment.DocumentNumber) is not { } number)
        {
            return new Rejection(RejectionCode.IdentityDocumentInvalid, "The identity card number has not its form, or its check character is wrong");
        }

        if (StatedBirthDate.IsFuture(enrolment.BirthDate, at)) return StatedBirthDate.InFuture(null);

        var person = new Person(
            Guid.NewGuid().ToString("N"), number, enrolment.FamilyName, enrolment.GivenName, enrolment.ChineseName, enrolment.Sex, enrolment.BirthDate, at)
        {
            Assurance = enrolment.Assurance,
        };
        var joining = new Consent(Guid.NewGuid().ToString("N"), person.Id, ConsentKind.Joining, null, enrolment.JoinedAt ?? at, null, null);
        var audit = new AuditEntry(at, actor, AccessPrincipal.KeyOf(role), AuditAction.Enrol, person.Id, $"Patient/{person.Id}", true, "Joining consent recorded: Cap. 625 section 6");
        if (await persons.AddAsync(person, Blocks.Of(person), joining, audit, cancellationToken).ConfigureAwait(false)) return person;

        var enrolled = await known.FindByDocumentAsync(number, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The store says that a document number is taken, and finds nobody who has it.");
        var amended = await AmendAsync(enrolled, enrolment, audit, cancellationToken).ConfigureAwait(false);
        return amended.Accepted ? await JoinAgainAsync(amended.Value, joining, enrolment.JoinedAt, audit, repeatAccepted, cancellationToken).ConfigureAwait(false) : amended;
    }

    public async Task<Result<Person>> AmendAsync(Enrolment enrolment, string actor, CancellationToken cancellationToken)
    {
        if (Hkid.Parse(enrolment.DocumentNumber) is not { } number) return new Rejection(RejectionCode.IdentityDocumentInvalid, "The identity card number has not its form, or its check character is wrong");
        if (await known.FindByDocumentAsync(number, cancellationToken).ConfigureAwait(false) is not { } person) return new Rejection(RejectionCode.PersonUnknown, "No eHealth account has this identity card number");
        return await AmendAsync(person, enrolment, new(time.GetUtcNow(), actor, AccessPrincipal.KeyOf(Role.Source), AuditAction.Amend, null, "", true, ""), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Result<Person>> AmendAsync(Person enrolled, Enrolment enrolment, AuditEntry audit, CancellationToken cancellationToken)
    {
        if (Amendment.Of(enrolled, enrolment) is not { } amended)
        {
            return new Rejection(
                RejectionCode.IdentityConflict, "The identity card number has an account, but name, sex or date of birth differ from it");
        }

        if (amended == enrolled) return enrolled;
        var entry = audit with
        {
            Action = AuditAction.Amend, PersonId = enrolled.Id, Target = $"Patient/{enrolled.Id}", Reason = "A stronger assurance beats a weaker",
        };
        await persons.AmendAsync(amended, Blocks.Of(enrolled), Blocks.Of(amended), new(audit.Actor, audit.At, entry.Reason), entry, cancellationToken).ConfigureAwait(false);
        known.Forget();
        return amended;
    }

    private async Task<Result<Person>> JoinAgainAsync(
        Person enrolled, Consent joining, DateTimeOffset? joinedAt, AuditEntry audit, bool repeatAccepted, CancellationToken cancellationToken)
    {
        var given = (await consents.ForPersonAsync(enrolled.Id, cancellationToken).ConfigureAwait(false)).Where(consent => consent.Kind == ConsentKind.Joining).ToList();
        if (given.Exists(consent => consent.InForceAt(audit.At)))
        {
            return repeatAccepted ? enrolled : new Rejection(RejectionCode.PersonAlreadyEnrolled, "The account is open, with the joining consent in force");
        }

        // A message that is processed again says nothing new: what the citizen decided since holds.
        if (given.Exists(consent => consent.GivenAt >= joinedAt || consent.RevokedAt >= joinedAt)) return enrolled;

        // Withdrawn before, and joining again.
        var again = audit with { PersonId = enrolled.Id, Target = $"Patient/{enrolled.Id}", Reason = "Joining consent recorded again: Cap. 625 section 6" };
        await consents.AddAsync(joining with { PersonId = enrolled.Id }, again, cancellationToken).ConfigureAwait(false);
        return enrolled;
    }
}
