using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>Finds the citizen of a message: ADT^A28 opens the account first, ADT^A40 brings the prior numbers to the surviving person.</summary>
internal sealed class Identification(IPersonIndex index)
{
    private static readonly FieldLocation PatientIdentifiers = new("PID", 1, 3);

    public async Task<Result<Person>> IdentifyAsync(Source source, MessageEnvelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.Patient is not { } patient)
        {
            return new Rejection(RejectionCode.IdentityMissing, "The message names no patient", PatientIdentifiers);
        }

        if (envelope is { MessageCode: "ADT", TriggerEvent: "A28" })
        {
            var enrolled = await EnrolAsync(source, patient, cancellationToken).ConfigureAwait(false);
            if (!enrolled.Accepted) return enrolled;
        }

        var matched = await index.MatchAsync(source.Id, patient, cancellationToken).ConfigureAwait(false);
        return matched.Accepted && patient.PriorIdentifiers.Count > 0 && envelope is { MessageCode: "ADT", TriggerEvent: "A40" }
            ? await index.MergeAsync(source.Id, matched.Value, patient.PriorIdentifiers, cancellationToken).ConfigureAwait(false)
            : matched;
    }

    private async Task<Result<Person>> EnrolAsync(Source source, PatientAsStated patient, CancellationToken cancellationToken)
    {
        if (!source.MayEnrol)
        {
            return new Rejection(RejectionCode.SourceMayNotEnrol, $"Source {source.Id} is not registered to enrol citizens", new FieldLocation("MSH", 1, 9));
        }

        var enrolment = index.ReadEnrolment(patient);
        return enrolment.Accepted
            ? await index.EnrolAsync(enrolment.Value, $"source:{source.Id}", repeatAccepted: true, cancellationToken).ConfigureAwait(false)
            : enrolment.Rejection;
    }
}
