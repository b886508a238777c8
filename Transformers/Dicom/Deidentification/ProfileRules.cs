using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>
/// The profile with the options that were asked for, as one action an attribute (PS3.15-2025a E.1.1, E.3). Of alternatives such as X/Z/D the
/// last is taken: it fits every object, whatever type the attribute has in it.
/// </summary>
internal sealed class ProfileRules(IReadOnlySet<ConfidentialityOption> options)
{
    private const uint ContentSequence = 0x0040A730;
    private const uint GraphicAnnotationSequence = 0x00700001;
    private const uint TimezoneOffset = 0x00080201;

    // Attributes of SOP classes, transfer syntaxes, coding schemes and templates: these UIDs name definitions, not instances.
    private static readonly uint[] Definitions =
        [0x00080016, 0x0008001A, 0x0008001B, 0x0008010C, 0x00080117, 0x00080118, 0x0008010D, 0x00080062, 0x0008115A, 0x00081150, 0x00041510, 0x00041512];

    public bool Has(ConfidentialityOption option) => options.Contains(option);

    /// <summary>An attribute with a value, in no sequence that has a treatment of its own.</summary>
    /// <param name="vr">As the registry says; as written where it does not know the attribute.</param>
    public ElementAction Of(uint tag, Vr vr)
    {
        if (tag == 0x00100010) return ElementAction.PseudonymName;
        if (tag == 0x00100020) return ElementAction.PseudonymId;
        if (ProfileTable.Find(tag) is not { } row) return Unlisted(tag, vr);
        if (Says(row, ConfidentialityOption.RetainModifiedDates, 'C'))
        {
            if (vr is Vr.DA or Vr.DT) return ElementAction.ShiftDate;
            if (vr == Vr.TM || tag == TimezoneOffset) return ElementAction.Keep;
        }
        else if (options.Any(option => Says(row, option, 'K')))
        {
            return ElementAction.Keep;
        }
        if (vr.IsCharacterSetText() && vr != Vr.PN && options.Any(option => option != ConfidentialityOption.RetainModifiedDates && Says(row, option, 'C'))) return ElementAction.Clean;
        return Basic(tag, vr);
    }

    /// <summary>The same, without the options that clean.</summary>
    public static ElementAction Basic(uint tag, Vr vr) => ProfileTable.Find(tag)?.Basic switch
    {
        "X" => ElementAction.Remove,
        "Z" or "X/Z" => ElementAction.Empty,
        "U" or "X/Z/U*" => ElementAction.MapUid,
        null => ElementAction.Dummy,
        _ => vr == Vr.UI ? ElementAction.MapUid : ElementAction.Dummy,
    };

    public SequenceTreatment OfSequence(uint tag)
    {
        if (ProfileTable.Find(tag) is not { } row) return SequenceTreatment.Follow;
        // Kept sequences are still gone through, attribute by attribute.
        if (options.Any(option => Says(row, option, 'K'))) return SequenceTreatment.Follow;
        if (Says(row, ConfidentialityOption.CleanStructuredContent, 'C')) return SequenceTreatment.ContentClean;
        if (Says(row, ConfidentialityOption.CleanGraphics, 'C')) return tag == GraphicAnnotationSequence ? SequenceTreatment.GraphicsClean : SequenceTreatment.Removed;
        if (options.Any(option => Says(row, option, 'C'))) return SequenceTreatment.TextClean;
        return row.Basic switch
        {
            "X" => SequenceTreatment.Removed,
            "Z" or "X/Z" => SequenceTreatment.Emptied,
            "U" or "X/Z/U*" => SequenceTreatment.Follow,
            _ => tag == ContentSequence ? SequenceTreatment.ContentDummy : SequenceTreatment.Dummy,
        };
    }

    /// <summary>The profile keeps what it does not name. Names, dates, addresses and UIDs it cannot have meant: later editions name new ones each year.</summary>
    private ElementAction Unlisted(uint tag, Vr vr) => vr switch
    {
        Vr.PN => ElementAction.Dummy,
        Vr.DA or Vr.DT when Has(ConfidentialityOption.RetainModifiedDates) => ElementAction.ShiftDate,
        Vr.DA or Vr.DT or Vr.TM => Has(ConfidentialityOption.RetainFullDates) || Has(ConfidentialityOption.RetainModifiedDates) ? ElementAction.Keep : ElementAction.Dummy,
        Vr.AE => ElementAction.Remove,
        Vr.UR => tag is 0x0008010E or 0x00080120 ? ElementAction.Keep : ElementAction.Remove,
        Vr.UI => Definitions.Contains(tag) || Has(ConfidentialityOption.RetainUids) ? ElementAction.Keep : ElementAction.MapUid,
        _ => ElementAction.Keep,
    };

    private bool Says(ProfileRow row, ConfidentialityOption option, char code) => Has(option) && row.Of(option) == code;
}
