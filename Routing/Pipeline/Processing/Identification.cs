using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>
/// Finds the citizen of each PID of a message. ADT^A28 opens the account first; where a visit or an account moves between patients, the
/// one that it moves from is found too.
/// </summary>
internal sealed class Identification(IPersonIndex index)
{
    private static readonly FieldLocation PatientIdentifiers = new("PID", 1, 3);

    /// <returns>One for each PID, in order. A rejection stands at the PID or MRG at fault.</returns>
    public async Task<Result<IReadOnlyList<IdentifiedPatient>>> IdentifyAsync(
        Source source, MessageEnvelope envelope, DepositId deposit, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (envelope.Patients.Count == 0) return new Rejection(RejectionCode.IdentityMissing, "The message names no patient", PatientIdentifiers);
        var found = new IdentifiedPatient[envelope.Patients.Count];
        for (var at = 0; at < found.Length; at++)
        {
            var patient = envelope.Patients[at];
            var identified = at > 0 && PatientEvents.LinksPatients(envelope)
                ? await LinkedAsync(source, envelope, patient, found[0].Person, deposit, receivedAt, cancellationToken).ConfigureAwait(false)
                : await IdentifyAsync(source, envelope, patient, deposit, receivedAt, cancellationToken).ConfigureAwait(false);
            if (!identified.Accepted) return At(patient, identified.Rejection);
            found[at] = identified.Value;
        }

        return found;
    }

    /// <summary>Brings the prior numbers to the surviving persons, where the event says that they are the same patient; or takes numbers apart (A37).</summary>
    /// <returns>Null when done, or when there is nothing to do.</returns>
    public async ValueTask<Rejection?> MergeAsync(Source source, MessageEnvelope envelope, IReadOnlyList<IdentifiedPatient> patients, DepositId deposit, CancellationToken cancellationToken)
    {
        if (PatientEvents.UnlinksPatients(envelope))
        {
            return await index.UnlinkAsync(source.Id, [.. patients.Select(patient => (patient.Stated, patient.Person))], deposit, cancellationToken).ConfigureAwait(false);
        }

        if (!PatientEvents.MergesNumbers(envelope)) return null;
        var merges = patients.Where(patient => patient.Stated.PriorIdentifiers.Count > 0).Select(patient => new NumberMerge(patient.Person, patient.Stated.PriorIdentifiers)).ToList();
        return merges.Count == 0 ? null : await index.MergeAsync(source.Id, merges, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// ADT^A24: the second PID is the first one's person. Where it names nobody else by itself, and its three other fields agree with that person,
    /// the source's word links its numbers.
    /// </summary>
    private async Task<Result<IdentifiedPatient>> LinkedAsync(
        Source source, MessageEnvelope envelope, PatientAsStated patient, Person first, DepositId deposit, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var named = await index.FindAsync(source.Id, patient.Identifiers, cancellationToken).ConfigureAwait(false);
        if (named.Accepted && (named.Value is null || named.Value.Id == first.Id) && await index.LinkAsync(source.Id, patient, first, cancellationToken).ConfigureAwait(false)) return new IdentifiedPatient(patient, first, null);
        return await IdentifyAsync(source, envelope, patient, deposit, receivedAt, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Result<IdentifiedPatient>> IdentifyAsync(
        Source source, MessageEnvelope envelope, PatientAsStated patient, DepositId deposit, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (envelope is { MessageCode: "ADT", TriggerEvent: "A28" })
        {
            var enrolled = await EnrolAsync(source, patient, receivedAt, cancellationToken).ConfigureAwait(false);
            if (!enrolled.Accepted) return enrolled.Rejection;
        }

        // A conflict is told by the match that follows.
        if (source.MayEnrol && PatientEvents.UpdatesPerson(envelope) && index.ReadEnrolment(patient) is { Accepted: true } update)
            await index.AmendAsync(update.Value, $"source:{source.Id}", cancellationToken).ConfigureAwait(false);

        var matched = await index.MatchAsync(source.Id, patient, deposit, cancellationToken).ConfigureAwait(false);
        if (!matched.Accepted) return matched.Rejection;
        if (patient.PriorIdentifiers.Count == 0 || !PatientEvents.MovesBetweenPatients(envelope)) return new IdentifiedPatient(patient, matched.Value, null);
        var prior = await index.FindAsync(source.Id, patient.PriorIdentifiers, cancellationToken).ConfigureAwait(false);
        return prior.Accepted
            ? new IdentifiedPatient(patient, matched.Value, prior.Value)
            : prior.Rejection with { Location = patient.PriorIdentifiers[0].Location };
    }

    private async Task<Result<Person>> EnrolAsync(Source source, PatientAsStated patient, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (!source.MayEnrol)
        {
            return new Rejection(RejectionCode.SourceMayNotEnrol, $"Source {source.Id} is not registered to enrol citizens", new FieldLocation("MSH", 1, 9));
        }

        var enrolment = index.ReadEnrolment(patient);
        return enrolment.Accepted
            ? await index.EnrolAsync(enrolment.Value with { JoinedAt = receivedAt }, $"source:{source.Id}", Role.Source, repeatAccepted: true, cancellationToken).ConfigureAwait(false)
            : enrolment.Rejection;
    }

    // The index speaks of one patient, and so of the first PID.
    private static Rejection At(PatientAsStated patient, Rejection rejection) =>
        rejection.Location is { Segment: "PID", SegmentSequence: 1 } location ? rejection with { Location = location with { SegmentSequence = patient.SegmentSequence } } : rejection;
}

/// <param name="Prior">Whom the MRG names, where that matters and the index knows it.</param>
internal sealed record IdentifiedPatient(PatientAsStated Stated, Person Person, Person? Prior)
{
    public MessageSubject Subject => new(Person.Id, Prior?.Id);
}
