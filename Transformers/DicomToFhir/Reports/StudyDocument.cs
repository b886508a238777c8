using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Transformers.DicomToFhir.Reading;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>A document among the instances of a study, whole: a report (SR), a file in a data set, or a selection of key images.</summary>
/// <param name="Place">Which document of the manifest it is.</param>
internal sealed record StudyDocument(ManifestSeries Series, Attributes Attributes, int Place)
{
    public string SopInstanceUid { get; } = Attributes.Text("00080018");

    public string SopClassUid { get; } = Attributes.Text("00080016");

    /// <summary>The first of the Predecessor Documents Sequence: what this one was made from; empty where it is the first.</summary>
    public string Predecessor { get; } = (
        from study in Attributes.All("0040A360")
        from series in study.Item?.All("00081115") ?? []
        from instance in series.Item?.All("00081199") ?? []
        select instance.Item?.Text("00081155")).FirstOrDefault(uid => !string.IsNullOrEmpty(uid)) ?? "";

    public ContentItem Content { get; } = ContentItem.RootOf(Attributes);

    public bool IsReport => DocumentClass.IsReport(SopClassUid);

    public bool IsEncapsulated => DocumentClass.IsEncapsulated(SopClassUid);

    /// <summary>Offset of its own times, see SOP Common; null where it says none.</summary>
    public AttributeValue? Offset => Attributes.First("00080201") ?? Series.Attributes.First("00080201");

    /// <summary>Content Date and Time, to tell which of two was made later.</summary>
    public string MadeAt => $"{Attributes.Text("00080023")}{Attributes.Text("00080033")}";

    /// <summary>Those whose content the manifest has. A manifest of before the hub read documents has none.</summary>
    public static IReadOnlyList<StudyDocument> Of(Manifest manifest)
    {
        var documents = new List<StudyDocument>();
        foreach (var series in manifest.Series)
        {
            foreach (var instance in series.Instances)
            {
                var type = instance.Text("00080016");
                var whole = DocumentClass.IsEncapsulated(type) ? instance.First("00420011") is not null : DocumentClass.IsDocument(type) && instance.Text("0040A040") == "CONTAINER";
                if (whole) documents.Add(new(series, instance, documents.Count));
            }
        }

        return documents;
    }
}
