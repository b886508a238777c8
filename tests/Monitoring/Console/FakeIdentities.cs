using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>An index of one citizen and one open review; what the desk is asked for is noted.</summary>
public sealed class FakeIdentities : IIdentityReviews, IPersonStore, IPersonLinks, IPersonIndex, IPersonDesk
{
    public static readonly Person Citizen = new(
        "0123456789abcdef0123456789abcdef", "A1234563", "TESTPATIENT", "SYNTHETIC", "測試", AdministrativeSex.Female, new(1980, 2, 29), DateTimeOffset.UnixEpoch)
    {
        Assurance = IndexAssurance.Of(Assurance.ChipRead),
    };

    /// <summary>A card number whose check character is wrong.</summary>
    public const string Mistyped = "A1234564";

    public static readonly PatientAlias Number = new("his", "HOSP", "MR1");

    public IdentityReview Review { get; set; } = new(
        5, ReviewCause.NoNumber, ReviewState.Open, DateTimeOffset.UnixEpoch,
        new("his", "f", [new("MR1", "HOSP", "MR", default)], [new("TESTPATIENT<script>", "SYNTHETIC", "A")], "19800229", "F", [Number]), [new(Citizen.Id, 21.5)], [new(7)], null);

    public List<string> Asked { get; } = [];

    public long Generation => 0;

    public Task<IReadOnlyList<IdentityReview>> ListAsync(ReviewState state, long after, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IdentityReview>>(state == Review.State ? [Review] : []);

    public Task<IdentityReview?> GetAsync(long id, CancellationToken cancellationToken) => Task.FromResult(id == Review.Id ? Review : null);

    Task<long> IIdentityReviews.CountAsync(ReviewState state, CancellationToken cancellationToken) => Task.FromResult(state == Review.State ? 1L : 0);

    public Task<Person?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(id == Citizen.Id ? Citizen : null);

    public Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken) => Task.FromResult(documentNumber == Citizen.DocumentNumber ? Citizen : null);

    public Candidate Compare(StatedIdentity stated, Person person) => new(person, 21.5, 0.3,
    [
        new(IndexField.Document, FieldAgreement.NotStated, 0), new(IndexField.Name, FieldAgreement.SoundsAlike, 12), new(IndexField.Sex, FieldAgreement.Same, 1), new(IndexField.BirthDate, FieldAgreement.Differs, -7),
    ]);

    public Task<IReadOnlyList<PatientAlias>> AliasesAsync(string personId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PatientAlias>>([Number]);

    public Task<IReadOnlyList<Person>> MergedAsync(string personId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>([]);

    public Task<IReadOnlyList<PersonEvent>> HistoryAsync(string personId, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PersonEvent>>([new(DateTimeOffset.UnixEpoch, "demo-registrar", PersonEventKind.Linked, personId, null, Number, "Card <b>seen</b>")]);

    Task<Result<IdentityReview>> IPersonDesk.DecideAsync(long reviewId, string? personId, AccessPrincipal actor, string reason, CancellationToken cancellationToken)
    {
        Asked.Add($"decide {reviewId} {personId} {actor.Name} {reason}");
        return Task.FromResult<Result<IdentityReview>>(reason.Length == 0 ? new Rejection(RejectionCode.ReasonMissing, "Say why") : Review);
    }

    Task<Result<int>> IPersonDesk.UnlinkAsync(string personId, PatientAlias number, AccessPrincipal actor, string reason, CancellationToken cancellationToken)
    {
        Asked.Add($"unlink {number.Value} {reason}");
        return Task.FromResult<Result<int>>(1);
    }

    Task<Result<Person>> IPersonDesk.MergeAsync(string survivorId, string mergedId, AccessPrincipal actor, string reason, CancellationToken cancellationToken)
    {
        Asked.Add($"merge {mergedId} {reason}");
        return Task.FromResult<Result<Person>>(Citizen);
    }

    Task<Result<int>> IPersonDesk.SplitAsync(string mergedId, AccessPrincipal actor, string reason, CancellationToken cancellationToken)
    {
        Asked.Add($"split {mergedId} {reason}");
        return Task.FromResult<Result<int>>(0);
    }

    public Task<bool> OpenAsync(ReviewCause cause, StatedIdentity stated, IReadOnlyList<ReviewCandidate> candidates, DepositId? deposit, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityReview?> FindAsync(string sourceId, string fingerprint, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DecidedReview?> DecideAsync(long id, string? personId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Person>> FindByBlocksAsync(IReadOnlyList<long> blocks, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> AddAsync(Person person, IReadOnlyList<long> blocks, Consent joining, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AmendAsync(Person person, IReadOnlyList<long> before, IReadOnlyList<long> blocks, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> LinkAsync(IReadOnlyList<NumberLink> links, IndexAct act, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> BlockSchemeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task BlockAgainAsync(int scheme, Func<Person, IReadOnlyList<long>> blocksOf, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<long> IPersonStore.CountAsync(CancellationToken cancellationToken) => Task.FromResult(1L);

    public Task<IReadOnlyList<UnfinishedDeposit>> UnlinkAsync(string personId, IReadOnlyList<PatientAlias> aliases, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> MergeAsync(string survivorId, string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<UnfinishedDeposit>?> SplitAsync(string mergedId, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Person>> MatchAsync(string sourceId, PatientAsStated stated, DepositId? deposit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Person>> EnrolAsync(Enrolment enrolment, string actor, Role role, bool repeatAccepted, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<Person>> AmendAsync(Enrolment enrolment, string actor, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Result<Enrolment> ReadEnrolment(PatientAsStated stated) => throw new NotSupportedException();

    public Task<Result<Person?>> FindAsync(string sourceId, IReadOnlyList<StatedIdentifier> numbers, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Person?>>(numbers is [{ Value: Mistyped }] ? new Rejection(RejectionCode.IdentityDocumentInvalid, "Its check character is wrong") : (Person?)null);

    public Task<Rejection?> MergeAsync(string sourceId, IReadOnlyList<NumberMerge> merges, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> LinkAsync(string sourceId, PatientAsStated stated, Person person, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Rejection?> UnlinkAsync(string sourceId, IReadOnlyList<(PatientAsStated Stated, Person Person)> patients, DepositId deposit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Candidate>> FindCandidatesAsync(PatientAsStated stated, int most, CancellationToken cancellationToken) => throw new NotSupportedException();
}
