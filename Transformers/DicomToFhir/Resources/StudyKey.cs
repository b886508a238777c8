using System.Text;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Ids;

namespace EHealthPlus.Transformers.DicomToFhir.Resources;

/// <summary>Ids of a study's resources: the rule of <see cref="StableId"/>, so that the same is the same whichever feed tells of it.</summary>
internal static class StudyKey
{
    /// <summary>A source's own Patient, by the number and who gave it: the id that PID-3 gives.</summary>
    public static string OfPatient(string sourceId, Attributes patient, string studyInstanceUid) => StatedPatient.Chosen(patient) is { } number
        ? Of(sourceId, number.Value.Text, number.Issuer?.Text ?? "", "Patient")
        : Of(sourceId, "study", studyInstanceUid, "Patient");

    /// <summary>
    /// With the source in it: a study that two sources send is two statements. And with the citizen: were a UID given out again, the record of
    /// another must not be hit.
    /// </summary>
    public static string OfStudy(string sourceId, string? subjectId, string studyInstanceUid) => subjectId is null
        ? Of(sourceId, studyInstanceUid, "ImagingStudy")
        : Of(sourceId, subjectId, studyInstanceUid, "ImagingStudy");

    /// <summary>The same for all sources: it is the hub's.</summary>
    public static string OfEndpoint(string address) => Of("hub", address, "Endpoint");

    public static string OfProvenance(string sourceId, string controlId, string? subjectId) => Of(sourceId, controlId, subjectId ?? "", "Provenance");

    public static string OfHeader(string sourceId, string controlId) => Of(sourceId, controlId, "MessageHeader");

    public static string Of(params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder();
        foreach (var part in parts) key.Append(part).Append((char)StableId.Separator);
        Span<byte> id = stackalloc byte[StableId.Length];
        StableId.Write(Encoding.UTF8.GetBytes(key.ToString()), id);
        return Encoding.ASCII.GetString(id);
    }
}
