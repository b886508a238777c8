namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>What was done to the attributes of one instance, nested ones included; of a removed sequence only itself. No values.</summary>
public sealed class DeidentificationCounts
{
    /// <summary>Standard attributes that are gone.</summary>
    public int Removed { get; internal set; }

    /// <summary>Private attributes and their creators that are gone.</summary>
    public int PrivateRemoved { get; internal set; }

    /// <summary>Attributes without a value now.</summary>
    public int Emptied { get; internal set; }

    /// <summary>Values that are dummies or pseudonyms now.</summary>
    public int Replaced { get; internal set; }

    /// <summary>UIDs that are other ones now.</summary>
    public int Remapped { get; internal set; }

    /// <summary>Dates that have moved.</summary>
    public int Shifted { get; internal set; }

    /// <summary>Texts of which the harmless words are left.</summary>
    public int Cleaned { get; internal set; }

    /// <summary>Of those replaced: kept by the profile, but the patient, or somebody or something around, was named in them.</summary>
    public int Traces { get; internal set; }

    public int Kept { get; internal set; }
}
