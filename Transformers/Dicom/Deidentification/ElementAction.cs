namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>What becomes of one attribute, once profile, options and its place are taken together.</summary>
internal enum ElementAction
{
    Keep,
    Remove,
    Empty,
    Dummy,
    MapUid,
    ShiftDate,

    /// <summary>Harmless words stay; where none is left, what the basic profile says.</summary>
    Clean,
    PseudonymName,
    PseudonymId,
}

/// <summary>How the content of a sequence is dealt with.</summary>
internal enum SequenceTreatment
{
    /// <summary>Each attribute in it as it would be outside.</summary>
    Follow,
    Removed,

    /// <summary>The sequence stays, without items.</summary>
    Emptied,

    /// <summary>The items stay in their form; every value that the profile does not keep becomes a dummy, codes too.</summary>
    Dummy,

    /// <summary>A content tree: codes and references stay, texts and measured values become dummies.</summary>
    ContentDummy,

    /// <summary>A content tree under Clean Structured Content: measured values stay too, unless they describe the patient.</summary>
    ContentClean,

    /// <summary>Codes and numbers stay, texts are cleaned to harmless words.</summary>
    TextClean,

    /// <summary>Graphics stay, their texts become dummies.</summary>
    GraphicsClean,
}
