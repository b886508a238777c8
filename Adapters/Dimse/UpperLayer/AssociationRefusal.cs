namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Result, source and reason of an A-ASSOCIATE-RJ (PS3.8-2024 table 9-21), one byte each.</summary>
public enum AssociationRefusal
{
    NoReason = 0x01_01_01,
    ApplicationContextUnsupported = 0x01_01_02,
    CallingAeTitleUnknown = 0x01_01_03,
    CalledAeTitleUnknown = 0x01_01_07,
    ProtocolVersionUnsupported = 0x01_02_02,
    AcseNoReason = 0x01_02_01,

    /// <summary>The same association may be taken later.</summary>
    TemporaryCongestion = 0x02_03_01,

    /// <summary>As many associations are open as may be: later there may be room.</summary>
    LocalLimitExceeded = 0x02_03_02,
}

/// <summary>The other side refused the association.</summary>
public sealed class AssociationRefusedException(AssociationRefusal refusal)
    : IOException($"The association was refused: {Words(refusal)}")
{
    public AssociationRefusal Refusal { get; } = refusal;

    private static string Words(AssociationRefusal refusal) => refusal switch
    {
        AssociationRefusal.NoReason or AssociationRefusal.AcseNoReason => "no reason is given",
        AssociationRefusal.ApplicationContextUnsupported => "it does not know the DICOM application context",
        AssociationRefusal.CallingAeTitleUnknown => "it does not know the calling AE title, or does not let it in",
        AssociationRefusal.CalledAeTitleUnknown => "it is not the called AE title",
        AssociationRefusal.ProtocolVersionUnsupported => "it does not speak version 1 of the protocol",
        AssociationRefusal.TemporaryCongestion => "it is too busy for now",
        AssociationRefusal.LocalLimitExceeded => "it has as many associations as it takes",
        _ => FormattableString.Invariant($"result {(int)refusal >> 16}, source {((int)refusal >> 8) & 255}, reason {(int)refusal & 255}"),
    };
}
