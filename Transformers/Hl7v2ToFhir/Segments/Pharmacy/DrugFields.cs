using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>What RXO, RXE, RXD, RXG and RXA all say of the drug, each under its own field numbers (HL7 v2.8.2 4A.4).</summary>
/// <param name="Volume">The volume that the strength is in.</param>
/// <param name="More">Other codes of the drug.</param>
/// <param name="Instance">Number of this very package: an EI or a bar code.</param>
internal readonly record struct DrugFields(
    FieldValue Code, FieldValue Form, FieldValue Strength, FieldValue StrengthUnits, FieldValue Volume, FieldValue VolumeUnits, FieldValue More = default,
    FieldValue Lot = default, FieldValue Expiry = default, FieldValue Manufacturer = default, FieldValue Instance = default)
{
    public static DrugFields Of(SegmentValue rx) => rx.Name switch
    {
        "RXO" => new(rx[1], rx[5], rx[18], rx[19], rx[25], rx[26], rx[24], Instance: rx[29]),
        "RXE" => new(rx[2], rx[6], rx[25], rx[26], rx[33], rx[34], rx[31]),
        "RXD" => new(rx[2], rx[6], rx[16], rx[17], rx[28], rx[29], rx[25], rx[18], rx[19], rx[20]),
        "RXG" => new(rx[4], rx[8], rx[17], rx[18], rx[23], rx[24], default, rx[19], rx[20], rx[21], rx[25]),
        "RXA" => new(rx[5], rx[8], rx[13], rx[14], rx[23], rx[24], default, rx[15], rx[16], rx[17], rx[25]),
        _ => default,
    };

    /// <summary>True where a code alone does not say all of it.</summary>
    public bool NeedsMedication =>
        Form.HasValue || Strength.HasValue || Volume.HasValue || Lot.HasValue || Expiry.HasValue || Manufacturer.HasValue || Instance.HasValue;
}
