namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Matching;

/// <summary>Tags that the index knows by column (PS3.6-2024), group and element.</summary>
internal static class Keyword
{
    public const uint SopInstanceUid = 0x00080018;
    public const uint StudyDate = 0x00080020;
    public const uint AccessionNumber = 0x00080050;
    public const uint Modality = 0x00080060;
    public const uint ModalitiesInStudy = 0x00080061;
    public const uint PatientName = 0x00100010;
    public const uint PatientId = 0x00100020;
    public const uint IssuerOfPatientId = 0x00100021;
    public const uint StudyInstanceUid = 0x0020000D;
    public const uint SeriesInstanceUid = 0x0020000E;
    public const uint NumberOfStudyRelatedSeries = 0x00201206;
    public const uint NumberOfStudyRelatedInstances = 0x00201208;
    public const uint NumberOfSeriesRelatedInstances = 0x00201209;
}
