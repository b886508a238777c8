using System.Collections.Frozen;

namespace EHealthPlus.Transformers.FhirToDicom;

/// <summary>Values of Modality (0008,0060).</summary>
internal static class Modalities
{
    // PS3.16-2024 CID 29.
    private static readonly FrozenSet<string> Acquisition = new[]
    {
        "AR", "BDUS", "BI", "BMD", "CFM", "CR", "CT", "DMS", "DX", "ECG", "EEG", "EMG", "EOG", "EPS", "ES", "GM", "HD", "IO", "IVOCT", "IVUS", "KER", "LEN", "LS", "MG", "MR", "NM",
        "OAM", "OCT", "OP", "OPM", "OPT", "OPTBSV", "OPTENF", "OPV", "OT", "PA", "POS", "PT", "PX", "RESP", "RF", "RG", "RTIMAGE", "SM", "SRF", "TG", "US", "VA", "XA", "XAPROTOCOL", "XC",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string? Of(string code) => Acquisition.Contains(code) ? code : null;

    /// <summary>What a department of HL7 table 0074 makes; where it is a modality itself, as IHE RAD TF-2 4.4 has it, that. Radiology at large is none.</summary>
    public static string? OfSection(string code) => code switch
    {
        "NMR" => "MR",
        "NMS" => "NM",
        "OUS" or "RUS" or "VUS" or "CUS" => "US",
        "RX" => "DX",
        "XRC" => "RF",
        "CTH" => "XA",
        // The table's physical and occupational therapy.
        "PT" or "OT" => null,
        _ => Of(code),
    };
}
