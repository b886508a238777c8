namespace EHealthPlus.Adapters.Dimse.Negotiation;

/// <summary>What a SOP class is for.</summary>
internal enum SopClassKind
{
    /// <summary>Not offered here.</summary>
    None,
    Verification,
    Storage,
    StorageCommitment,
    Find,
    Move,
    Get,
    Worklist,
    PerformedStep,
    PerformedStepRetrieve,
}

/// <summary>SOP classes by their UIDs (PS3.6-2024 table A-1).</summary>
internal static class SopClass
{
    public const string Verification = "1.2.840.10008.1.1";
    public const string StorageCommitmentPushModel = "1.2.840.10008.1.20.1";

    /// <summary>The one instance that commitment is asked of (PS3.4-2024 J.3.5).</summary>
    public const string StorageCommitmentInstance = "1.2.840.10008.1.20.1.1";
    public const string PatientRootFind = "1.2.840.10008.5.1.4.1.2.1.1";
    public const string PatientRootMove = "1.2.840.10008.5.1.4.1.2.1.2";
    public const string PatientRootGet = "1.2.840.10008.5.1.4.1.2.1.3";
    public const string StudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1";
    public const string StudyRootMove = "1.2.840.10008.5.1.4.1.2.2.2";
    public const string StudyRootGet = "1.2.840.10008.5.1.4.1.2.2.3";

    public const string ModalityWorklistFind = "1.2.840.10008.5.1.4.31";
    public const string ModalityPerformedProcedureStep = "1.2.840.10008.3.1.2.3.3";
    public const string ModalityPerformedProcedureStepRetrieve = "1.2.840.10008.3.1.2.3.4";

    private const string Standard = "1.2.840.10008.";
    private const string StandardStorage = "1.2.840.10008.5.1.4.1.1.";
    private const string StorageService = "1.2.840.10008.4.2";

    /// <summary>Storage SOP classes of patients that stand under other roots than most (PS3.4-2024 table B.5-1).</summary>
    private static readonly string[] FurtherStorage =
    [
        "1.2.840.10008.5.1.4.34.7", "1.2.840.10008.5.1.4.34.10", "1.2.840.10008.5.1.4.43.1", "1.2.840.10008.5.1.4.44.1", "1.2.840.10008.5.1.4.45.1",
    ];

    /// <summary>
    /// The rule for a SOP class that the hub does not know by name: one that the sender declares to belong to the storage service (SOP class
    /// common extended negotiation) is storage; one under another root than that of DICOM is private, and taken for storage: nothing else is
    /// proposed to a hub under a UID of one's own. The data set then has to be one that can be read, as for every class.
    /// </summary>
    /// <param name="serviceClass">What the sender declares; null where it declares nothing.</param>
    public static SopClassKind KindOf(string uid, string? serviceClass) => uid switch
    {
        Verification => SopClassKind.Verification,
        StorageCommitmentPushModel => SopClassKind.StorageCommitment,
        PatientRootFind or StudyRootFind => SopClassKind.Find,
        PatientRootMove or StudyRootMove => SopClassKind.Move,
        PatientRootGet or StudyRootGet => SopClassKind.Get,
        ModalityWorklistFind => SopClassKind.Worklist,
        ModalityPerformedProcedureStep => SopClassKind.PerformedStep,
        ModalityPerformedProcedureStepRetrieve => SopClassKind.PerformedStepRetrieve,
        _ when uid.StartsWith(StandardStorage, StringComparison.Ordinal) || FurtherStorage.Contains(uid, StringComparer.Ordinal) => SopClassKind.Storage,
        _ when serviceClass == StorageService || !uid.StartsWith(Standard, StringComparison.Ordinal) => SopClassKind.Storage,
        _ => SopClassKind.None,
    };

    public static bool IsPatientRoot(string uid) => uid is PatientRootFind or PatientRootMove or PatientRootGet;
}
