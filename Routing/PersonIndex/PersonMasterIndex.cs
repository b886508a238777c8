using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.PersonIndex.Documents;
using EHealthPlus.Routing.PersonIndex.Matching;

namespace EHealthPlus.Routing.PersonIndex;

/// <summary>The Person Master Index: matches by rule on the four index fields, and never links on a conflict.</summary>
public sealed class PersonMasterIndex(IPersonStore persons, IConsentStore consents, TimeProvider time) : IPersonIndex
{
    private static readonly FieldLocation Identifiers = new("PID", 1, 3);

    private readonly KnownPersons known = new(persons);

    public async Task<Result<Person>> MatchAsync(string sourceId, PatientAsStated stated, CancellationToken cancellationToken)
    {
        var document = StatedDocument.Find(stated.Identifiers);
        if (!document.Accepted) return document.Rejection;
        var birthDate = StatedBirthDate.Read(stated.BirthDate, time.GetUtcNow());
        if (!birthDate.Accepted) return birthDate.Rejection;

        var local = LocalNumbers(sourceId, stated.Identifiers);
        var byNumber = await FindByLocalNumbersAsync(local, cancellationToken).ConfigureAwait(false);
        if (!byNumber.Accepted) return byNumber.Rejection;

        var person = byNumber.Value;
        if (document.Value is { } number)
        {
            var byDocument = await known.FindByDocumentAsync(number, cancellationToken).ConfigureAwait(false);
            if (person is not null && person.Id != byDocument?.Id)
            {
                return new Rejection(
                    RejectionCode.IdentityConflict, "The local number is linked to a person with another identity card number", Identifiers);
            }

            if (byDocument is null)
            {
                return new Rejection(RejectionCode.PersonUnknown, "No eHealth account has this identity card number", Identifiers);
            }

            person = byDocument;
        }
        else if (person is null)
        {
            return new Rejection(
                RejectionCode.IdentityMissing, "The message names no identity card number, and none of its local numbers is linked", Identifiers);
        }

        if (IndexFields.Conflict(stated, birthDate.Value, person) is { } conflict) return conflict;
        await known.LinkAsync(person, local, cancellationToken).ConfigureAwait(false);
        return person;
    }

    public Result<Enrolment> ReadEnrolment(PatientAsStated stated) => StatedEnrolment.Read(stated, time.GetUtcNow());

    public async Task<Result<Person>> EnrolAsync(Enrolment enrolment, string actor, bool repeatAccepted, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        if (Hkid.Parse(enrolment.DocumentNumber) is not { } number)
        {
            return new Rejection(RejectionCode.IdentityDocumentInvalid, "The identity card number has not its form, or its check character is wrong");
        }

        if (StatedBirthDate.IsFuture(enrolment.BirthDate, at)) return StatedBirthDate.InFuture(null);

        var person = new Person(
            Guid.NewGuid().ToString("N"), number, enrolment.FamilyName, enrolment.GivenName, enrolment.ChineseName,
            enrolment.Sex, enrolment.BirthDate, at);
        var joining = new Consent(Guid.NewGuid().ToString("N"), person.Id, ConsentKind.Joining, null, at, null, null);
        var audit = new AuditEntry(at, actor, "registrar", "enrol", person.Id, $"Patient/{person.Id}", true, "Joining consent recorded: Cap. 625 section 6");
        if (await persons.AddAsync(person, joining, audit, cancellationToken).ConfigureAwait(false)) return person;

        var enrolled = await known.FindByDocumentAsync(number, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The store says that a document number is taken, and finds nobody who has it.");
        return await EnrolAgainAsync(enrolled, enrolment, joining, audit, repeatAccepted, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Result<Person?>> FindAsync(string sourceId, IReadOnlyList<StatedIdentifier> numbers, CancellationToken cancellationToken)
    {
        var document = StatedDocument.Find(numbers);
        if (!document.Accepted) return document.Rejection;
        var byNumber = await FindByLocalNumbersAsync(LocalNumbers(sourceId, numbers), cancellationToken).ConfigureAwait(false);
        if (!byNumber.Accepted || document.Value is not { } number) return byNumber;
        var byDocument = await known.FindByDocumentAsync(number, cancellationToken).ConfigureAwait(false);
        return byNumber.Value is { } person && byDocument is not null && person.Id != byDocument.Id
            ? new Rejection(RejectionCode.IdentityConflict, "The local number is linked to a person with another identity card number", Identifiers)
            : byNumber.Value ?? byDocument;
    }

    public async Task<Rejection?> MergeAsync(string sourceId, IReadOnlyList<NumberMerge> merges, CancellationToken cancellationToken)
    {
        foreach (var (survivor, prior) in merges)
        {
            var document = StatedDocument.Find(prior);
            if (!document.Accepted) return document.Rejection;
            var owner = await FindByLocalNumbersAsync(LocalNumbers(sourceId, prior), cancellationToken).ConfigureAwait(false);
            if (!owner.Accepted || (owner.Value is { } other && other.Id != survivor.Id) || (document.Value is { } number && number != survivor.DocumentNumber))
            {
                return new Rejection(
                    RejectionCode.MergeConflict, "A prior number belongs to another person than the surviving one",
                    prior is [{ Location.Field: > 0 } first, ..] ? first.Location : new FieldLocation("MRG", 1, 1));
            }
        }

        foreach (var (survivor, prior) in merges) await known.LinkAsync(survivor, LocalNumbers(sourceId, prior), cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<Result<Person>> EnrolAgainAsync(
        Person enrolled, Enrolment enrolment, Consent joining, AuditEntry audit, bool repeatAccepted, CancellationToken cancellationToken)
    {
        var name = new StatedName(enrolment.FamilyName, enrolment.GivenName, "");
        var chinese = new StatedName(enrolment.ChineseName, "", "I");
        if (enrolled.Sex != enrolment.Sex || enrolled.BirthDate != enrolment.BirthDate || !NameAgreement.Agrees([name, chinese], enrolled))
        {
            return new Rejection(
                RejectionCode.IdentityConflict, "The identity card number has an account, but name, sex or date of birth differ from it");
        }

        var given = await consents.ForPersonAsync(enrolled.Id, cancellationToken).ConfigureAwait(false);
        if (given.Any(consent => consent.Kind == ConsentKind.Joining && consent.InForceAt(joining.GivenAt)))
        {
            return repeatAccepted ? enrolled : new Rejection(RejectionCode.PersonAlreadyEnrolled, "The account is open, with the joining consent in force");
        }

        // Withdrawn before, and joining again now.
        var again = audit with { PersonId = enrolled.Id, Target = $"Patient/{enrolled.Id}", Reason = "Joining consent recorded again: Cap. 625 section 6" };
        await consents.AddAsync(joining with { PersonId = enrolled.Id }, again, cancellationToken).ConfigureAwait(false);
        return enrolled;
    }

    private static List<PatientAlias> LocalNumbers(string sourceId, IReadOnlyList<StatedIdentifier> identifiers) =>
    [
        .. identifiers.Where(StatedDocument.IsLocalNumber)
            .Select(identifier => new PatientAlias(sourceId, identifier.AssigningAuthority, identifier.Value)).Distinct(),
    ];

    private async Task<Result<Person?>> FindByLocalNumbersAsync(IReadOnlyList<PatientAlias> numbers, CancellationToken cancellationToken)
    {
        Person? found = null;
        foreach (var number in numbers)
        {
            var person = await known.FindByAliasAsync(number, cancellationToken).ConfigureAwait(false);
            if (person is null) continue;
            if (found is not null && found.Id != person.Id)
            {
                return new Rejection(RejectionCode.IdentityConflict, "The local numbers of the message are linked to different persons", Identifiers);
            }

            found = person;
        }

        return found;
    }
}
