using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>What the hub files one SOP instance by: read off its data set while it came in.</summary>
/// <param name="TransferSyntaxUid">What the data set is encoded in (PS3.5-2024 section 10).</param>
/// <param name="Patient">(0010,0020) with its issuer, (0010,0010) one for each component group, (0010,0030), (0010,0040); names and numbers as sent.</param>
/// <param name="AccessionNumber">(0008,0050), or empty.</param>
/// <param name="StudyDate">(0008,0020) as sent, YYYYMMDD, or empty.</param>
/// <param name="StudyTime">(0008,0030) as sent, or empty.</param>
/// <param name="Modality">(0008,0060), such as CT.</param>
/// <param name="NumberOfFrames">(0028,0008); 1 where it is absent and there is pixel data; 0 where there are no pixels.</param>
/// <param name="BurnedInAnnotation">(0028,0301) says YES.</param>
/// <param name="PatientJson">DICOM JSON object (PS3.18-2024 annex F), UTF-8, of the patient's attributes. None of the four says (0008,0005): who answers with them does.</param>
/// <param name="StudyJson">The same of the study's.</param>
/// <param name="SeriesJson">The same of the series'.</param>
/// <param name="InstanceJson">The same of the instance's.</param>
public sealed record InstanceSummary(
    InstanceKey Key, string SopClassUid, string TransferSyntaxUid, PatientAsStated Patient, string AccessionNumber, string StudyDate, string StudyTime,
    string Modality, int? SeriesNumber, int? InstanceNumber, int NumberOfFrames, bool BurnedInAnnotation,
    ReadOnlyMemory<byte> PatientJson, ReadOnlyMemory<byte> StudyJson, ReadOnlyMemory<byte> SeriesJson, ReadOnlyMemory<byte> InstanceJson);
