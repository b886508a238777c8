using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class IndexInMemory(PersonsInMemory persons, TimeProvider clock) : IPersonIndex
{
    public Task<Result<Person>> MatchAsync(string sourceId, PatientAsStated stated, DepositId? deposit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Person>> AmendAsync(Enrolment enrolment, string actor, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> LinkAsync(string sourceId, PatientAsStated stated, Person person, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Rejection?> UnlinkAsync(string sourceId, IReadOnlyList<(PatientAsStated Stated, Person Person)> patients, DepositId deposit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Everybody with the same date of birth.</summary>
    /// <summary>How the names of all candidates agree with what is asked for; null where no field was compared.</summary>
    public FieldAgreement? NameAgreement { get; set; }

    public Task<IReadOnlyList<Candidate>> FindCandidatesAsync(PatientAsStated stated, int most, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Candidate>>([.. persons.All.Where(person => $"{person.BirthDate:yyyyMMdd}" == stated.BirthDate).Select(person => new Candidate(person, 25, 0.8, NameAgreement is { } name ? [new(IndexField.Name, name, 5)] : [])).Take(most)]);

    public Candidate Compare(StatedIdentity stated, Person person) => throw new NotSupportedException();

    public Result<Enrolment> ReadEnrolment(PatientAsStated stated) => throw new NotSupportedException();

    public Task<Result<Person?>> FindAsync(string sourceId, IReadOnlyList<StatedIdentifier> numbers, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Rejection?> MergeAsync(string sourceId, IReadOnlyList<NumberMerge> merges, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async Task<Result<Person>> EnrolAsync(Enrolment enrolment, string actor, Role role, bool repeatAccepted, CancellationToken cancellationToken)
    {
        if (enrolment.DocumentNumber.EndsWith('K')) return new Rejection(RejectionCode.IdentityDocumentInvalid, "The check character is wrong");
        var known = await persons.FindByDocumentAsync(enrolment.DocumentNumber, cancellationToken);
        if (known is not null)
        {
            return known.FamilyName == enrolment.FamilyName && known.BirthDate == enrolment.BirthDate
                ? known
                : new Rejection(RejectionCode.IdentityConflict, "Other fields differ");
        }

        var person = new Person(
            Guid.NewGuid().ToString("N"), enrolment.DocumentNumber, enrolment.FamilyName, enrolment.GivenName, enrolment.ChineseName,
            enrolment.Sex, enrolment.BirthDate, clock.GetUtcNow());
        var joining = new Consent(Guid.NewGuid().ToString("N"), person.Id, ConsentKind.Joining, null, clock.GetUtcNow(), null, null);
        await persons.AddAsync(
            person, [], joining, new AuditEntry(clock.GetUtcNow(), actor, AccessPrincipal.KeyOf(role), "enrol", person.Id, $"Patient/{person.Id}", true, "test"), cancellationToken);
        return person;
    }
}
