using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>May the provider deposit data about each citizen that a message names? One refusal refuses the deposit.</summary>
internal sealed class Admission(IConsentStore consents, IAccessPolicy policy, TimeProvider time)
{
    /// <param name="admittedAt">When the deposit went into the record for the first time; null where it never did.</param>
    /// <returns>A permit for each citizen, each once; or the first refusal, alone.</returns>
    public async ValueTask<IReadOnlyList<Permit>> AdmitAsync(
        Provider provider, IReadOnlyList<IdentifiedPatient> patients, DateTimeOffset? admittedAt, CancellationToken cancellationToken)
    {
        var permits = new List<Permit>(patients.Count);
        foreach (var patient in patients)
        {
            if (await AdmitAsync(provider, patient.Person, permits, admittedAt, cancellationToken).ConfigureAwait(false) is { } refused)
                return [Placed(refused, patients.Count == 1 ? null : new FieldLocation("PID", patient.Stated.SegmentSequence))];
            if (patient.Prior is { } prior && await AdmitAsync(provider, prior, permits, admittedAt, cancellationToken).ConfigureAwait(false) is { } refusedPrior)
                return [Placed(refusedPrior, patient.Stated.PriorIdentifiers[0].Location)];
        }

        return permits;
    }

    /// <returns>The refusal; null where the citizen is admitted.</returns>
    private async ValueTask<Permit?> AdmitAsync(Provider provider, Person person, List<Permit> permits, DateTimeOffset? admittedAt, CancellationToken cancellationToken)
    {
        if (permits.Exists(permit => permit.Person.Id == person.Id)) return null;
        var given = await consents.ForPersonAsync(person.Id, cancellationToken).ConfigureAwait(false);
        var access = admittedAt is { } then ? policy.MayProvide(provider with { Active = true }, person, given, then) : null;
        // Of somebody else who had not joined then, it is new.
        if (access is not { Granted: true }) access = policy.MayProvide(provider, person, given, time.GetUtcNow());
        var permit = new Permit(person, access.Rule, access.Refusal, access.Permitted);
        if (permit.Refusal is not null) return permit;
        permits.Add(permit);
        return null;
    }

    // The sender of several patients must learn which one it is about.
    private static Permit Placed(Permit refused, FieldLocation? location) =>
        location is null || refused.Refusal!.Location is not null ? refused : refused with { Refusal = refused.Refusal with { Location = location } };
}

/// <param name="Rule">What permits it, or refuses it.</param>
/// <param name="Scope">The categories that may be deposited.</param>
internal sealed record Permit(Person Person, string Rule, Rejection? Refusal, IReadOnlySet<SharingCategory> Scope)
{
    /// <returns>CategoryOutOfScope where a resource of the record is outside the sharable scope: then nothing of the message is stored.</returns>
    public Rejection? Refuse(IReadOnlyList<TranslatedResource> resources)
    {
        foreach (var resource in resources)
        {
            if (resource.IsFiled && !Scope.Contains(resource.Category))
            {
                return new(RejectionCode.CategoryOutOfScope, $"The message has data of the category {resource.Category}, which is outside the sharable scope today");
            }
        }

        return null;
    }
}
