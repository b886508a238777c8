namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>
/// SOP classes whose instances are documents that people read, not images (PS3.4-2024 B.5): their content goes into the manifest of the study, and from
/// there into the record. Dose reports, CAD results and procedure logs are for machines, and stay objects.
/// </summary>
public static class DocumentClass
{
    public const string EncapsulatedPdf = "1.2.840.10008.5.1.4.1.1.104.1";
    public const string EncapsulatedCda = "1.2.840.10008.5.1.4.1.1.104.2";
    public const string KeyObjectSelection = "1.2.840.10008.5.1.4.1.1.88.59";

    /// <summary>Basic Text, Enhanced, Comprehensive, Comprehensive 3D and Extensible SR.</summary>
    public static bool IsReport(string sopClassUid) => sopClassUid is
        "1.2.840.10008.5.1.4.1.1.88.11" or "1.2.840.10008.5.1.4.1.1.88.22" or "1.2.840.10008.5.1.4.1.1.88.33" or "1.2.840.10008.5.1.4.1.1.88.34" or "1.2.840.10008.5.1.4.1.1.88.35";

    /// <summary>A file of another format within a data set.</summary>
    public static bool IsEncapsulated(string sopClassUid) => sopClassUid is EncapsulatedPdf or EncapsulatedCda;

    public static bool IsDocument(string sopClassUid) => IsReport(sopClassUid) || IsEncapsulated(sopClassUid) || sopClassUid == KeyObjectSelection;
}
