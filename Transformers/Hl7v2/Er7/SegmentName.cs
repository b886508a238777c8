using System.Collections.Frozen;
using System.Text;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Three-letter segment ids as one number, so that finding a segment compares numbers.</summary>
internal static class SegmentName
{
    private const string Known =
        "ABS ACC ADD AFF AIG AIL AIP AIS AL1 APR ARQ ARV AUT BHS BLC BLG BPO BPX BTS BTX BUI CDM CDO CER CM0 CM1 CM2 CNS CON CSP CSR CSS CTD CTI " +
        "DB1 DEV DG1 DMI DON DPS DRG DSC DSP DST ECD ECR EDU EQP EQU ERR EVN FAC FHS FT1 FTS GOL GP1 GP2 GT1 IAM IAR IIM ILT IN1 IN2 IN3 INV IPC " +
        "IPR ISD ITM IVC IVT LAN LCC LCH LDP LOC LRL MCP MFA MFE MFI MRG MSA MSH NCK NDS NK1 NPU NSC NST NTE OBR OBX ODS ODT OH1 OH2 OH3 OH4 OM1 " +
        "OM2 OM3 OM4 OM5 OM6 OM7 OMC ORC ORG OVR PAC PCE PCR PD1 PDA PDC PEO PES PID PKG PM1 PMT PR1 PRA PRB PRC PRD PRT PSG PSH PSL PSS PTH PV1 " +
        "PV2 PYE QAK QID QPD QRD QRF QRI RCP RDF RDT REL RF1 RFI RGS RMI ROL RQ1 RQD RXA RXC RXD RXE RXG RXO RXR RXV SAC SCD SCH SCP SDD SFT SGH " +
        "SGT SHP SID SLT SPM STF STZ TCC TCD TQ1 TQ2 TXA UAC UB1 UB2 VAR VND";

    private static readonly FrozenDictionary<uint, string> Texts =
        Known.Split(' ').ToFrozenDictionary(name => Pack(Encoding.ASCII.GetBytes(name)));

    /// <summary>Packs up to three bytes; a shorter name leaves the low bytes 0.</summary>
    public static uint Pack(ReadOnlySpan<byte> name)
    {
        uint packed = 0;
        for (int i = 0; i < 3; i++) packed = (packed << 8) | (i < name.Length ? name[i] : 0u);
        return packed;
    }

    public static uint Pack(string name)
    {
        uint packed = 0;
        for (int i = 0; i < 3; i++) packed = (packed << 8) | (i < name.Length ? (byte)name[i] : 0u);
        return packed;
    }

    /// <summary>The standard's names are not made anew each time they are asked for.</summary>
    public static string Text(uint packed)
    {
        if (Texts.TryGetValue(packed, out string? known)) return known;
        Span<char> characters = [(char)(packed >> 16 & 0xFF), (char)(packed >> 8 & 0xFF), (char)(packed & 0xFF)];
        return new string(characters.TrimEnd('\0'));
    }

    /// <summary>A capital letter, then two capital letters or digits (HL7 v2.8.2 2.5.2).</summary>
    public static bool IsWellFormed(uint packed) =>
        char.IsAsciiLetterUpper((char)(packed >> 16)) && IsCapitalOrDigit((char)(packed >> 8 & 0xFF)) && IsCapitalOrDigit((char)(packed & 0xFF));

    private static bool IsCapitalOrDigit(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character);
}
