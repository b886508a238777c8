using System.Collections.Frozen;

namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>
/// Why somebody wants to see a record: HL7 v3 code system ActReason, the PurposeOfUse codes that FHIR R4 and IHE (IUA, BALP) use.
/// </summary>
public enum PurposeOfUse
{
    /// <summary>TREAT.</summary>
    Treatment = 1,

    /// <summary>ETREAT.</summary>
    EmergencyTreatment = 2,

    /// <summary>BTG: to override a refusal.</summary>
    BreakTheGlass = 3,

    /// <summary>CAREMGT.</summary>
    CareManagement = 4,

    /// <summary>PATRQT: the citizen asks for the own data.</summary>
    PatientRequested = 5,

    /// <summary>PWATRNY: somebody who decides for the citizen asks.</summary>
    PowerOfAttorney = 6,

    /// <summary>FAMRQT.</summary>
    FamilyRequested = 7,

    /// <summary>HOPERAT.</summary>
    HealthcareOperations = 8,

    /// <summary>HPAYMT.</summary>
    HealthcarePayment = 9,

    /// <summary>HQUALIMP.</summary>
    QualityImprovement = 10,

    /// <summary>HRESCH.</summary>
    HealthcareResearch = 11,

    /// <summary>PUBHLTH.</summary>
    PublicHealth = 12,

    /// <summary>HMARKT.</summary>
    HealthcareMarketing = 13,

    /// <summary>HSYSADMIN.</summary>
    SystemAdministration = 14,
}

/// <summary>The codes of <see cref="PurposeOfUse"/>.</summary>
public static class PurposeCode
{
    /// <summary>The code system of all of them.</summary>
    public const string System = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    /// <summary>HTTP header by which a client states the purpose of one request; else it is that of its token.</summary>
    public const string Header = "Purpose-Of-Use";

    private static readonly FrozenDictionary<PurposeOfUse, string> Codes = new Dictionary<PurposeOfUse, string>
    {
        [PurposeOfUse.Treatment] = "TREAT",
        [PurposeOfUse.EmergencyTreatment] = "ETREAT",
        [PurposeOfUse.BreakTheGlass] = "BTG",
        [PurposeOfUse.CareManagement] = "CAREMGT",
        [PurposeOfUse.PatientRequested] = "PATRQT",
        [PurposeOfUse.PowerOfAttorney] = "PWATRNY",
        [PurposeOfUse.FamilyRequested] = "FAMRQT",
        [PurposeOfUse.HealthcareOperations] = "HOPERAT",
        [PurposeOfUse.HealthcarePayment] = "HPAYMT",
        [PurposeOfUse.QualityImprovement] = "HQUALIMP",
        [PurposeOfUse.HealthcareResearch] = "HRESCH",
        [PurposeOfUse.PublicHealth] = "PUBHLTH",
        [PurposeOfUse.HealthcareMarketing] = "HMARKT",
        [PurposeOfUse.SystemAdministration] = "HSYSADMIN",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, PurposeOfUse> ByCode = Codes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(PurposeOfUse purpose) => Codes[purpose];

    /// <param name="code">TREAT, or with its system before a bar.</param>
    /// <returns>Null for a code that is none of them.</returns>
    public static PurposeOfUse? Find(string code)
    {
        var plain = code.StartsWith(System + "|", StringComparison.Ordinal) ? code[(System.Length + 1)..] : code;
        return ByCode.TryGetValue(plain, out var purpose) ? purpose : null;
    }
}
