using EHealthPlus.Transformers.DicomToFhir.Resources;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>Ids of what a document becomes: of source, citizen and the first document of its chain, so that a corrected report is a version of the first.</summary>
internal static class ReportKey
{
    public static string Of(StudyMapping mapping, string type, string root, string part = "") =>
        StudyKey.Of(mapping.Context.Source.Id, mapping.SubjectId ?? "", root, part, type);
}
