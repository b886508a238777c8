namespace EHealthPlus.Routing.Contracts.Rejections;

/// <summary>
/// Why the hub refuses. The hundreds digit names the step: 1 transport, 2 syntax, 3 source, 4 identity,
/// 5 admission and access, 6 capacity and storage, 7 record interface, 9 fault in the hub.
/// Numbers are told to senders and stored with deposits: they are only appended, never reused.
/// <see cref="RejectionTable"/> says what each becomes in HL7 v2, HTTP/FHIR and DICOM.
/// </summary>
public enum RejectionCode
{
    FrameTooLarge = 101,
    FrameIncomplete = 102,
    StartBlockMissing = 103,
    TooManyConnections = 104,

    BatchCountMismatch = 121,
    BatchIncomplete = 122,
    BatchStructureInvalid = 123,
    UploadEmpty = 124,

    MshMissing = 201,
    MshTruncated = 202,
    DelimitersInvalid = 203,
    VersionUnsupported = 204,
    MessageTypeUnsupported = 205,
    TriggerEventUnsupported = 206,
    CharacterSetUnknown = 207,
    CharacterSetContradicted = 208,
    SegmentSequenceInvalid = 209,
    RequiredFieldMissing = 210,
    DataTypeInvalid = 211,
    FieldTooLong = 212,
    TooManyRepetitions = 213,
    ControlCharacterPresent = 214,
    TooManySegments = 215,
    ControlIdMissing = 216,
    MessageEmpty = 217,
    XmlInvalid = 231,

    SourceUnknown = 301,
    SourceSuspended = 302,
    SourceCertificateMismatch = 303,
    ControlIdReused = 304,
    ProcessingIdNotAccepted = 305,
    SourceMayNotEnrol = 306,
    SourceNotOfChannel = 311,

    IdentityMissing = 401,
    IdentityDocumentInvalid = 402,
    PersonUnknown = 403,
    IdentityConflict = 404,
    BirthDateInvalid = 405,
    BirthDateInFuture = 406,
    PersonAlreadyEnrolled = 407,
    MergeConflict = 408,

    JoiningConsentMissing = 501,
    JoiningConsentWithdrawn = 502,
    CategoryOutOfScope = 503,
    ProviderMayNotProvide = 504,
    SharingConsentMissing = 511,
    SharingConsentEnded = 512,
    RoleNotPermitted = 513,
    NotOwnRecord = 514,
    CredentialMissing = 515,
    CredentialInvalid = 516,

    BacklogFull = 601,
    StoreUnavailable = 602,
    StorageFull = 603,
    ProcessingTimedOut = 604,
    RetriesExhausted = 605,
    ShuttingDown = 606,

    ResourceNotFound = 701,
    ResourceGone = 702,
    ResourceTypeUnsupported = 703,
    SearchParameterUnsupported = 704,
    SearchParameterInvalid = 705,
    BodyInvalid = 706,
    InteractionUnsupported = 707,
    BodyTooLarge = 708,
    VersionConflict = 709,
    NotAcceptable = 710,
    MediaTypeUnsupported = 711,

    InternalFault = 900,
}
