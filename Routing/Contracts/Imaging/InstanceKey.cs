namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>Where a SOP instance stands: study, series and instance UID (PS3.3-2024 C.7.2.1, C.7.3.1, C.12.1).</summary>
public sealed record InstanceKey(string StudyInstanceUid, string SeriesInstanceUid, string SopInstanceUid);
