using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// A kept document as Attachment: its address in the hub's DICOMweb service, never its bytes. A PDF or a CDA is given as such, out of its data set
/// (PS3.18-2024 10.4.1.1.3); a report as the DICOM object that it is.
/// </summary>
internal static class KeptFile
{
    public const string Pdf = "application/pdf";
    public const string Xml = "text/xml";

    public static void Set(StudyMapping mapping, FhirNode attachment, StudyDocument document, string dicomWeb)
    {
        var stated = document.Attributes;
        var address = $"{dicomWeb}/studies/{mapping.Manifest.StudyInstanceUid}/series/{document.Series.Attributes.Text("0020000E")}/instances/{document.SopInstanceUid}";
        attachment.Set("contentType", document.SopClassUid switch { DocumentClass.EncapsulatedPdf => Pdf, DocumentClass.EncapsulatedCda => Xml, _ => "application/dicom" });
        attachment.Set("url", mapping.Text(document.IsEncapsulated ? $"{address}/rendered" : address), stated.First("00420011")?.Leaf ?? FhirNode.NoLeaf);
        if (!document.IsEncapsulated) return;
        // MIME Type of Encapsulated Document: the SOP class says it already.
        attachment.AlsoFrom("contentType", stated.First("00420012") is { } type && type.Text.Trim().ToLowerInvariant() is Pdf or Xml ? stated.First("00420012")!.Leaf : FhirNode.NoLeaf);
        mapping.SetNumber(attachment, "size", stated.First("00420015"));
        mapping.Set(attachment, "title", stated.First("00420010"));
        mapping.SetTime(attachment, "creation", stated.First("00080023"), stated.First("00080033"), document.Offset);
    }
}
