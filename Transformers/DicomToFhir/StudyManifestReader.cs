using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.DicomToFhir.Reading;

namespace EHealthPlus.Transformers.DicomToFhir;

/// <summary>Reads of a study manifest what the pipeline must know before it is translated. Pure.</summary>
public sealed class StudyManifestReader : IMessageReader
{
    /// <returns>Rejections StudyManifestInvalid, StudyPatientsDiffer.</returns>
    public MessageReading Read(ReadOnlyMemory<byte> message, Func<string, string, Source?> findSource)
    {
        var read = Manifest.Read(message);
        if (!read.Accepted) return new(null, null, read.Rejection);
        var manifest = read.Value;
        // The hub writes manifests: nobody waits for an acknowledgement.
        var envelope = new MessageEnvelope(
            StudyManifest.MessageCode, StudyManifest.TriggerEvent, "", StudyManifest.ControlIdOf(manifest.StudyInstanceUid, manifest.Revision), "", "", "", "", "", "",
            AcknowledgementCondition.Never, AcknowledgementCondition.Never, "UNICODE UTF-8", [StatedPatient.Of(manifest.Patient)], manifest.StudyInstanceUid);
        var differ = manifest.Conflicts > 0
            ? new Rejection(RejectionCode.StudyPatientsDiffer, "Instances of one study name different patients or accession numbers: whose it is must be found out at its source")
            : null;
        return new(envelope, findSource("", ""), differ);
    }
}
