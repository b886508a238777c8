using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.PersonIndex.Candidates;
using EHealthPlus.Routing.PersonIndex.Documents;
using EHealthPlus.Routing.PersonIndex.Enrolling;
using EHealthPlus.Routing.PersonIndex.Matching;
using EHealthPlus.Routing.PersonIndex.Reviewing;

namespace EHealthPlus.Routing.PersonIndex;

/// <summary>The Person Master Index: matches by rule on the four index fields, and never links on a conflict.</summary>
internal sealed class PersonMasterIndex(
    KnownPersons known, Enroller enroller, ReviewQueue reviews, CandidateSearch candidates, NumberUnlinking unlinking, TimeProvider time) : IPersonIndex
{
    private const string ByRule = "The identity card number, name, sex and date of birth agree";
    private const string ByLink = "ADT^A24: the source says that the number is this person's, and name, sex and date of birth agree";
    private const string ByMerge = "The source says that the number was replaced by one of this person";

    private static readonly FieldLocation Identifiers = new("PID", 1, 3);

    public async Task<Result<Person>> MatchAsync(string sourceId, PatientAsStated stated, DepositId? deposit, CancellationToken cancellationToken)
    {
        var ruled = await MatchByRuleAsync(sourceId, stated, cancellationToken).ConfigureAwait(false);
        return ruled.Accepted || !ReviewQueue.Takes(ruled.Rejection.Code)
            ? ruled
            : await reviews.AnswerAsync(sourceId, stated, ruled.Rejection, deposit, cancellationToken).ConfigureAwait(false);
    }

    public Result<Enrolment> ReadEnrolment(PatientAsStated stated) => StatedEnrolment.Read(stated, time.GetUtcNow());

    public Task<Result<Person>> EnrolAsync(Enrolment enrolment, string actor, Role role, bool repeatAccepted, CancellationToken cancellationToken) =>
        enroller.EnrolAsync(enrolment, actor, role, repeatAccepted, cancellationToken);

    public Task<Result<Person>> AmendAsync(Enrolment enrolment, string actor, CancellationToken cancellationToken) =>
        enroller.AmendAsync(enrolment, actor, cancellationToken);

    public async Task<Result<Person?>> FindAsync(string sourceId, IReadOnlyList<StatedIdentifier> numbers, CancellationToken cancellationToken)
    {
        var document = StatedDocument.Find(numbers);
        if (!document.Accepted) return document.Rejection;
        var byNumber = await FindByLocalNumbersAsync(LocalNumbers.Of(sourceId, numbers), cancellationToken).ConfigureAwait(false);
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
            var owner = await FindByLocalNumbersAsync(LocalNumbers.Of(sourceId, prior), cancellationToken).ConfigureAwait(false);
            if (!owner.Accepted || (owner.Value is { } other && other.Id != survivor.Id) || (document.Value is { } number && number != survivor.DocumentNumber))
            {
                return PriorOfAnother(prior, "A prior number belongs to another person than the surviving one");
            }
        }

        var act = new IndexAct($"source:{sourceId}", time.GetUtcNow(), ByMerge);
        return await known.LinkAsync(merges.Select(merge => (merge.Survivor, (IReadOnlyList<PatientAlias>)LocalNumbers.Of(sourceId, merge.Prior))), act, cancellationToken).ConfigureAwait(false)
            ? null
            : PriorOfAnother(merges is [var only] ? only.Prior : [], "A prior number was taken from the surviving person before");
    }

    public async Task<bool> LinkAsync(string sourceId, PatientAsStated stated, Person person, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var document = StatedDocument.Find(stated.Identifiers);
        var birthDate = StatedBirthDate.Read(stated.BirthDate, now);
        var act = new IndexAct($"source:{sourceId}", now, ByLink);
        if (document is not { Accepted: true, Value: null } || !birthDate.Accepted || IndexFields.Conflict(stated, birthDate.Value, person) is not null
            || !await known.LinkAsync(person, LocalNumbers.Of(sourceId, stated.Identifiers), act, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await reviews.SettleAsync(sourceId, stated, person, act, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public Task<Rejection?> UnlinkAsync(string sourceId, IReadOnlyList<(PatientAsStated Stated, Person Person)> patients, DepositId deposit, CancellationToken cancellationToken) =>
        unlinking.UnlinkAsync(sourceId, patients, deposit, cancellationToken);

    public Task<IReadOnlyList<Candidate>> FindCandidatesAsync(PatientAsStated stated, int most, CancellationToken cancellationToken) =>
        candidates.FindAsync(StatedClaim.Of(stated, time.GetUtcNow()), most, cancellationToken);

    public Candidate Compare(StatedIdentity stated, Person person) => Comparison.Of(StatedClaim.Of(stated, time.GetUtcNow()), person);

    private static Rejection PriorOfAnother(IReadOnlyList<StatedIdentifier> prior, string detail) =>
        new(RejectionCode.MergeConflict, detail, prior is [{ Location.Field: > 0 } first, ..] ? first.Location : new FieldLocation("MRG", 1, 1));

    private async Task<Result<Person>> MatchByRuleAsync(string sourceId, PatientAsStated stated, CancellationToken cancellationToken)
    {
        var document = StatedDocument.Find(stated.Identifiers);
        if (!document.Accepted) return document.Rejection;
        var now = time.GetUtcNow();
        var birthDate = StatedBirthDate.Read(stated.BirthDate, now);
        if (!birthDate.Accepted) return birthDate.Rejection;

        var local = LocalNumbers.Of(sourceId, stated.Identifiers);
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
        return await known.LinkAsync(person, local, new($"source:{sourceId}", now, ByRule), cancellationToken).ConfigureAwait(false)
            ? person
            : new Rejection(RejectionCode.IdentityConflict, "The local number was taken from this person before", Identifiers);
    }

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
