using System.Globalization;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>
/// A deposit that announces a study: what one source has sent of it so far. It takes the way of every deposit, so that identity, consent,
/// quarantine, replay, order, audit and timeline hold for images as for messages.
/// <para>
/// UTF-8 JSON without a byte order mark. Attributes stand as DICOM JSON objects (PS3.18-2024 annex F):
/// <c>{"studyManifest":1,"studyInstanceUid":"1.2","revision":12,"conflicts":0,"patient":{...},"study":{...},"series":[{"attributes":{...},"instances":[{...}]}]}</c>.
/// Of an image an instance has seven attributes, of a document (<see cref="DocumentClass"/>) all: its binary values stand as BulkDataURI. Where that was not to
/// be had, the seven, and <c>"documentFault":877</c> with the number of the rejection. conflicts counts the instances that named another patient or accession number than the study. Series and instances are in the order of their numbers.
/// </para>
/// </summary>
public static class StudyManifest
{
    /// <summary>In the place of MSH-9.1.</summary>
    public const string MessageCode = "DICOM";

    /// <summary>In the place of MSH-9.2.</summary>
    public const string TriggerEvent = "STUDY";

    public const string MessageType = $"{MessageCode}^{TriggerEvent}";

    // No UID holds it (PS3.5-2024 section 9.1).
    private const char Separator = '#';

    /// <summary>The same study with the same instances has the same control id, and the same bytes: a manifest written twice is one deposit.</summary>
    public static string ControlIdOf(string studyInstanceUid, long revision) => string.Create(CultureInfo.InvariantCulture, $"{studyInstanceUid}{Separator}{revision}");

    /// <returns>False where it is no control id of a manifest.</returns>
    public static bool TryReadControlId(string controlId, out string studyInstanceUid, out long revision)
    {
        var at = controlId.IndexOf(Separator, StringComparison.Ordinal);
        studyInstanceUid = at < 0 ? "" : controlId[..at];
        revision = 0;
        return at > 0 && long.TryParse(controlId.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out revision);
    }

    /// <summary>Whether the bytes of a deposit are a manifest: no HL7 v2 message begins with a brace.</summary>
    public static bool Is(ReadOnlySpan<byte> deposit) => deposit is [(byte)'{', ..];
}
