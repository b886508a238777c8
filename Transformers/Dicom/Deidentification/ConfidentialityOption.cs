namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>The options that go with the basic profile (PS3.15-2025a section E.3), in the order of the columns of table E.1-1.</summary>
public enum ConfidentialityOption
{
    RetainSafePrivate,
    RetainUids,
    RetainDeviceIdentity,
    RetainInstitutionIdentity,
    RetainPatientCharacteristics,
    RetainFullDates,
    RetainModifiedDates,
    CleanDescriptors,
    CleanStructuredContent,
    CleanGraphics,

    /// <summary>Has no column: it would need to see the pixels.</summary>
    CleanPixelData,

    /// <summary>Has no column: it would need to see the pixels.</summary>
    CleanRecognizableVisualFeatures,
}

/// <summary>A profile or option as (0012,0064) tells of it.</summary>
/// <param name="Code">Of the DICOM controlled terminology.</param>
internal sealed record MethodCode(string Code, string Meaning);

/// <summary>De-identification Method, CID 7050 (PS3.16-2025a).</summary>
internal static class MethodCodes
{
    public static readonly MethodCode BasicProfile = new("113100", "Basic Application Confidentiality Profile");

    private static readonly Dictionary<ConfidentialityOption, MethodCode> Options = new()
    {
        [ConfidentialityOption.CleanGraphics] = new("113103", "Clean Graphics Option"),
        [ConfidentialityOption.CleanStructuredContent] = new("113104", "Clean Structured Content Option"),
        [ConfidentialityOption.CleanDescriptors] = new("113105", "Clean Descriptors Option"),
        [ConfidentialityOption.RetainFullDates] = new("113106", "Retain Longitudinal Temporal Information Full Dates Option"),
        [ConfidentialityOption.RetainModifiedDates] = new("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
        [ConfidentialityOption.RetainPatientCharacteristics] = new("113108", "Retain Patient Characteristics Option"),
        [ConfidentialityOption.RetainDeviceIdentity] = new("113109", "Retain Device Identity Option"),
        [ConfidentialityOption.RetainUids] = new("113110", "Retain UIDs Option"),
        [ConfidentialityOption.RetainSafePrivate] = new("113111", "Retain Safe Private Option"),
        [ConfidentialityOption.RetainInstitutionIdentity] = new("113112", "Retain Institution Identity Option"),
    };

    /// <returns>The profile first, then the options by their code.</returns>
    public static IEnumerable<MethodCode> Of(IEnumerable<ConfidentialityOption> options) =>
        [BasicProfile, .. options.Distinct().Select(option => Options[option]).OrderBy(code => code.Code, StringComparer.Ordinal)];
}
