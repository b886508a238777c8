using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>
/// What a de-identified instance says of itself (PS3.15-2025a E.1.1, PS3.3-2025a C.7.1.1 and C.12.1): (0012,0062) to (0012,0064) and
/// (0028,0303), each written where its tag belongs.
/// </summary>
internal sealed class StatedAttributes
{
    private const uint PatientIdentityRemoved = 0x00120062;
    private const uint Method = 0x00120063;
    private const uint MethodCodeSequence = 0x00120064;
    private const uint TemporalInformationModified = 0x00280303;

    private readonly IReadOnlyList<MethodCode> codes;
    private readonly Queue<uint> pending = new([PatientIdentityRemoved, Method, MethodCodeSequence, TemporalInformationModified]);
    private readonly string temporal;

    /// <param name="before">(0028,0303) of the original: dates that had moved before are not true now.</param>
    public StatedAttributes(IReadOnlySet<ConfidentialityOption> options, string before)
    {
        codes = [.. MethodCodes.Of(options)];
        temporal = options.Contains(ConfidentialityOption.RetainModifiedDates) ? "MODIFIED"
            : !options.Contains(ConfidentialityOption.RetainFullDates) ? "REMOVED"
            : before is "MODIFIED" or "REMOVED" ? before
            : "UNMODIFIED";
    }

    /// <summary>Those that are written here and not taken over.</summary>
    public static bool Are(uint tag) => tag is PatientIdentityRemoved or Method or MethodCodeSequence or TemporalInformationModified;

    /// <summary>Writes what belongs before an attribute, or in its place.</summary>
    public void WriteUpTo(uint tag, Transcoding output)
    {
        while (pending.TryPeek(out uint next) && next <= tag)
        {
            pending.Dequeue();
            if (next == PatientIdentityRemoved) Element(output, next, Vr.CS, "YES");
            else if (next == Method) Element(output, next, Vr.LO, $"{ProfileTable.Edition} E.1-1 basic profile");
            else if (next == TemporalInformationModified) Element(output, next, Vr.CS, temporal);
            else
            {
                output.BeginSequence(new(next, Vr.SQ, 0, -1, 0, 12, 0, false));
                WriteMethodItems(output);
                output.EndSequence(true);
            }
        }
    }

    /// <summary>The items of (0012,0064), into a sequence that is open.</summary>
    public void WriteMethodItems(Transcoding output)
    {
        if (pending.TryPeek(out uint next) && next == MethodCodeSequence) pending.Dequeue();
        foreach (MethodCode code in codes)
        {
            output.BeginItem(new(HeaderBytes.Item, Vr.Other, 0, -1, 0, 8, 1, false));
            Element(output, 0x00080100, Vr.SH, code.Code);
            Element(output, 0x00080102, Vr.SH, "DCM");
            Element(output, 0x00080104, Vr.LO, code.Meaning);
            output.EndItem(true);
        }
    }

    private static void Element(Transcoding output, uint tag, Vr vr, string text)
    {
        byte[] value = Dummies.Ascii(text);
        ElementHeader header = new(tag, vr, 0, value.Length, 0, 8, 0, false);
        output.Element(header);
        output.Part(header, value);
        output.EndElement(header);
    }
}
