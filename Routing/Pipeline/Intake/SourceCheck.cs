using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Intake;

/// <summary>May this sender send at all, and is the message fit to be journaled under its key?</summary>
internal sealed class SourceCheck(IRegistry registry, ICertificateCheck certificates)
{
    private static readonly FieldLocation SendingApplication = new("MSH", 1, 3);
    private static readonly FieldLocation ControlId = new("MSH", 1, 10);

    /// <returns>Null where the message may go on. A sender that is not known learns only that.</returns>
    public MessageRefusal? Refusal(MessageReading reading, Peer peer)
    {
        if (reading.Envelope is not { } envelope)
        {
            return new(reading.Rejection ?? new(RejectionCode.MshMissing, "The message has no header that can be read"), null, null);
        }

        if (reading.Source is not { } source)
        {
            return new(
                new(RejectionCode.SourceUnknown, "No source is registered for the sending application (MSH-3) and facility (MSH-4)", SendingApplication), null, null);
        }

        if (peer.SourceId is { } channel && !channel.Equals(source.Id, StringComparison.Ordinal))
        {
            return new(
                new(RejectionCode.SourceNotOfChannel, $"MSH-3 and MSH-4 name another source than {channel}, whose folder or token this is", SendingApplication), null, null);
        }

        // An impostor must not occupy the key of the message that the true source is going to send.
        if (peer.SourceId is null && source.CertificateThumbprint is { } thumbprint && !thumbprint.Equals(peer.CertificateThumbprint, StringComparison.OrdinalIgnoreCase))
        {
            return new(new(RejectionCode.SourceCertificateMismatch, $"The connection does not bear the certificate of source {source.Id}", SendingApplication), null, null);
        }

        if (peer.SourceId is null && certificates.RefusalFor(source.ServiceLocationId, peer.CertificateThumbprint) is { } unproven)
        {
            return new(unproven with { Location = SendingApplication }, null, null);
        }

        // Nor must a message refused only because the source is suspended: it is sent again when the source is resumed.
        if (!IsActive(source)) return new(new(RejectionCode.SourceSuspended, $"Source {source.Id} is suspended", SendingApplication), source.Id, null);
        if (envelope.ControlId.Length == 0) return new(new(RejectionCode.ControlIdMissing, "MSH-10 is empty", ControlId), source.Id, null);
        return reading.Rejection is { } rejection ? new(rejection, source.Id, envelope.ControlId) : null;
    }

    private bool IsActive(Source source) =>
        source.Active && registry.GetProvider(source.ProviderId) is not { Active: false }
        && registry.GetServiceLocation(source.ServiceLocationId) is not { Active: false };
}

/// <summary>A refusal before the flow.</summary>
/// <param name="SourceId">Under which source it is journaled; null where none is proven.</param>
/// <param name="ControlId">Null where the refusal must not count as the one answer to that key.</param>
internal sealed record MessageRefusal(Rejection Rejection, string? SourceId, string? ControlId);
