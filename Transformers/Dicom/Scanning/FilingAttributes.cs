using System.Buffers;
using System.Globalization;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>The values by which an instance is filed, as text without padding.</summary>
internal sealed class FilingAttributes
{
    private static readonly SearchValues<char> UidCharacters = SearchValues.Create("0123456789.");

    public string SopClassUid { get; private set; } = string.Empty;

    public string SopInstanceUid { get; private set; } = string.Empty;

    public string StudyInstanceUid { get; private set; } = string.Empty;

    public string SeriesInstanceUid { get; private set; } = string.Empty;

    public string AccessionNumber { get; private set; } = string.Empty;

    public string StudyDate { get; private set; } = string.Empty;

    public string StudyTime { get; private set; } = string.Empty;

    public string Modality { get; private set; } = string.Empty;

    public int? SeriesNumber { get; private set; }

    public int? InstanceNumber { get; private set; }

    public int? NumberOfFrames { get; private set; }

    public bool BurnedInAnnotation { get; private set; }

    private string patientId = string.Empty;
    private string issuer = string.Empty;
    private string patientName = string.Empty;
    private string birthDate = string.Empty;
    private string sex = string.Empty;

    /// <summary>Without these an instance cannot be filed, and a value that is too long to be held is none of theirs.</summary>
    public static bool IsNeeded(uint tag) => tag is 0x00080016 or 0x00080018 or 0x0020000D or 0x0020000E or 0x00100010 or 0x00100020;

    /// <returns>TextInvalid where the patient's name or number is not valid in its character set: a wrong guess would file it with somebody else.</returns>
    public Rejection? Take(in ElementHeader header, ReadOnlySpan<byte> value, SpecificCharacterSet characterSet)
    {
        switch (header.Tag)
        {
            case 0x00080016:
                SopClassUid = Ascii(value);
                break;
            case 0x00080018:
                SopInstanceUid = Ascii(value);
                break;
            case 0x0020000D:
                StudyInstanceUid = Ascii(value);
                break;
            case 0x0020000E:
                SeriesInstanceUid = Ascii(value);
                break;
            case 0x00080020:
                StudyDate = Ascii(value);
                break;
            case 0x00080030:
                StudyTime = Ascii(value);
                break;
            case 0x00080050:
                AccessionNumber = Text(value, Vr.SH, characterSet, out _);
                break;
            case 0x00080060:
                Modality = Ascii(value);
                break;
            case 0x00200011:
                SeriesNumber = Number(value);
                break;
            case 0x00200013:
                InstanceNumber = Number(value);
                break;
            case 0x00280008:
                NumberOfFrames = Number(value);
                break;
            case 0x00280301:
                BurnedInAnnotation = Ascii(value) == "YES";
                break;
            case 0x00100030:
                birthDate = Ascii(value);
                break;
            case 0x00100040:
                sex = Ascii(value);
                break;
            case 0x00100021:
                issuer = Text(value, Vr.LO, characterSet, out _);
                break;
            case 0x00100020:
                patientId = Text(value, Vr.LO, characterSet, out bool idValid);
                if (!idValid) return new Rejection(RejectionCode.TextInvalid, "(0010,0020) is not valid in the character set that the data set states");
                break;
            case 0x00100010:
                patientName = Text(value, Vr.PN, characterSet, out bool nameValid);
                if (!nameValid) return new Rejection(RejectionCode.TextInvalid, "(0010,0010) is not valid in the character set that the data set states");
                break;
        }
        return null;
    }

    /// <returns>The attribute that is missing or no UID; null where all are there.</returns>
    public Rejection? Missing() =>
        Uid(SopClassUid, "(0008,0016)") ?? Uid(SopInstanceUid, "(0008,0018)") ?? Uid(StudyInstanceUid, "(0020,000D)") ?? Uid(SeriesInstanceUid, "(0020,000E)");

    public PatientAsStated Patient() => new(
        patientId.Length == 0 ? [] : [new StatedIdentifier(patientId, issuer, string.Empty, new FieldLocation("(0010,0020)"))],
        PersonName.Groups(patientName), birthDate, sex, []);

    // PS3.5-2024 section 9.1. Leading zeros are forbidden, and met; other characters would be met in addresses, which take what is kept.
    private static Rejection? Uid(string value, string tag) =>
        value.Length == 0 ? new Rejection(RejectionCode.AttributeMissing, $"{tag} is missing")
        : value.Length > 64 || value.AsSpan().ContainsAnyExcept(UidCharacters) || !char.IsAsciiDigit(value[0]) || !char.IsAsciiDigit(value[^1]) || value.Contains("..", StringComparison.Ordinal)
            ? new Rejection(RejectionCode.AttributeMissing, $"{tag} is no UID")
            : null;

    private static string Ascii(ReadOnlySpan<byte> value) => Text(value, Vr.CS, SpecificCharacterSet.Default, out _);

    private static string Text(ReadOnlySpan<byte> value, Vr vr, SpecificCharacterSet characterSet, out bool valid)
    {
        string text = characterSet.Decode(value, vr, out valid);
        ReadOnlySpan<char> trimmed = TextValue.Trim(text, vr);
        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    private static int? Number(ReadOnlySpan<byte> value) =>
        int.TryParse(value.Trim(" \0"u8), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
}
