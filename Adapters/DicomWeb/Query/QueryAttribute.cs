using System.Collections.Frozen;
using System.Globalization;

namespace EHealthPlus.Adapters.DicomWeb.Query;

/// <summary>How the value of an attribute is stated in a query.</summary>
internal enum ValueKind
{
    Text = 1,
    Uid = 2,
    Date = 3,
    Time = 4,
}

/// <summary>
/// Attributes by the names that queries call them by: the keyword (PS3.6-2024 table 6-1) or eight hexadecimal digits. Keywords are those of PS3.18
/// tables 10.6.1-5 and of what clients ask for beside; every other attribute can be named by its digits.
/// </summary>
internal static class QueryAttribute
{
    public const uint StudyInstanceUid = 0x0020000D;
    public const uint SeriesInstanceUid = 0x0020000E;
    public const uint SopInstanceUid = 0x00080018;

    private static readonly FrozenDictionary<string, uint> ByKeyword = new Dictionary<string, uint>
    {
        ["PatientName"] = 0x00100010, ["PatientID"] = 0x00100020, ["IssuerOfPatientID"] = 0x00100021, ["PatientBirthDate"] = 0x00100030,
        ["PatientSex"] = 0x00100040, ["PatientAge"] = 0x00101010, ["PatientSize"] = 0x00101020, ["PatientWeight"] = 0x00101030, ["PatientComments"] = 0x00104000,
        ["StudyInstanceUID"] = StudyInstanceUid, ["StudyID"] = 0x00200010, ["StudyDate"] = 0x00080020, ["StudyTime"] = 0x00080030,
        ["StudyDescription"] = 0x00081030, ["AccessionNumber"] = 0x00080050, ["ReferringPhysicianName"] = 0x00080090, ["ModalitiesInStudy"] = 0x00080061,
        ["InstanceAvailability"] = 0x00080056, ["TimezoneOffsetFromUTC"] = 0x00080201, ["InstitutionName"] = 0x00080080, ["Manufacturer"] = 0x00080070,
        ["NumberOfStudyRelatedSeries"] = 0x00201206, ["NumberOfStudyRelatedInstances"] = 0x00201208,
        ["SeriesInstanceUID"] = SeriesInstanceUid, ["SeriesNumber"] = 0x00200011, ["SeriesDescription"] = 0x0008103E, ["SeriesDate"] = 0x00080021,
        ["SeriesTime"] = 0x00080031, ["Modality"] = 0x00080060, ["BodyPartExamined"] = 0x00180015, ["ProtocolName"] = 0x00181030, ["Laterality"] = 0x00200060,
        ["NumberOfSeriesRelatedInstances"] = 0x00201209, ["PerformedProcedureStepStartDate"] = 0x00400244, ["PerformedProcedureStepStartTime"] = 0x00400245,
        ["OperatorsName"] = 0x00081070, ["StationName"] = 0x00081010, ["FrameOfReferenceUID"] = 0x00200052,
        ["SOPClassUID"] = 0x00080016, ["SOPInstanceUID"] = SopInstanceUid, ["InstanceNumber"] = 0x00200013, ["AcquisitionNumber"] = 0x00200012,
        ["ContentDate"] = 0x00080023, ["ContentTime"] = 0x00080033, ["ImageType"] = 0x00080008, ["NumberOfFrames"] = 0x00280008,
        ["Rows"] = 0x00280010, ["Columns"] = 0x00280011, ["BitsAllocated"] = 0x00280100, ["SpecificCharacterSet"] = 0x00080005, ["RetrieveURL"] = 0x00081190,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<uint, ValueKind> Kinds = new Dictionary<uint, ValueKind>
    {
        [StudyInstanceUid] = ValueKind.Uid, [SeriesInstanceUid] = ValueKind.Uid, [SopInstanceUid] = ValueKind.Uid, [0x00080016] = ValueKind.Uid, [0x00200052] = ValueKind.Uid,
        [0x00100030] = ValueKind.Date, [0x00080020] = ValueKind.Date, [0x00080021] = ValueKind.Date, [0x00080023] = ValueKind.Date, [0x00400244] = ValueKind.Date,
        [0x00080030] = ValueKind.Time, [0x00080031] = ValueKind.Time, [0x00080033] = ValueKind.Time, [0x00400245] = ValueKind.Time,
    }.ToFrozenDictionary();

    /// <returns>Group and element; null for a name that is neither.</returns>
    public static uint? Find(string name)
    {
        if (ByKeyword.TryGetValue(name, out var tag)) return tag;
        return name.Length == 8 && uint.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out tag) ? tag : null;
    }

    public static ValueKind KindOf(uint tag) => Kinds.GetValueOrDefault(tag, ValueKind.Text);
}
