using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.DicomToFhir.Resources;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// A file in a data set (PS3.3-2024 C.24.2) as R4 DocumentReference, beside the report that it is; and a Key Object Selection (C.17.6), whose images stand
/// as related.
/// </summary>
internal static class DocumentReferenceResource
{
    /// <param name="report">No node for a selection of key images.</param>
    public static FhirNode Map(StudyMapping mapping, DocumentChain chain, FhirNode study, FhirNode report, FhirNode patient, string dicomWeb)
    {
        var document = chain.Current;
        var stated = document.Attributes;
        var reference = mapping.Arena.Resource("DocumentReference");
        reference.ConstantText("id", mapping.Text(ReportKey.Of(mapping, "DocumentReference", chain.Root)));
        reference.Object("masterIdentifier").Constant("system", "urn:dicom:uid").Set("value", mapping.Text($"urn:oid:{document.SopInstanceUid}"), stated.First("00080018")!.Leaf);
        reference.Set("status", "current");
        if (ReportStatus.OfDocument(ReportStatus.Of(chain)) is { } status) reference.Set("docStatus", status);
        var type = reference.Object("type");
        CodedConcept.Set(mapping, type, document.Content.Concept);
        if (!type.Populated) type.Set("text", stated.Text("00420010") is { Length: > 0 } title ? mapping.Text(title) : mapping.Text("Document"), stated.First("00420010")?.Leaf ?? FhirNode.NoLeaf);
        ImagingStudyResource.Subject(mapping, reference, patient);
        mapping.SetInstant(reference, "date", stated.First("00080023"), stated.First("00080033"), document.Offset ?? ImagingStudyResource.Offset(mapping.Manifest));
        KeptFile.Set(mapping, reference.Item("content").Object("attachment"), document, dicomWeb);
        var context = reference.Object("context");
        context.ReferItem("related", study);
        context.ReferItem("related", report);
        if (document.SopClassUid == DocumentClass.KeyObjectSelection) KeyImages(mapping, reference, context, document.Content);
        return reference;
    }

    private static void KeyImages(StudyMapping mapping, FhirNode reference, FhirNode context, ContentItem content)
    {
        // Key Object Description.
        foreach (var text in content.All().Where(item => item.Names("DCM", "113012")).Select(item => item.Attributes.First("0040A160")).OfType<AttributeValue>().Take(1))
            mapping.Set(reference, "description", text);
        foreach (var image in content.All().Where(item => item.ValueType is "IMAGE" or "COMPOSITE" or "WAVEFORM").SelectMany(item => item.Attributes.All("00081199")))
        {
            if (image.Item?.First("00081155") is not { } uid) continue;
            context.Item("related").Object("identifier").Constant("system", "urn:dicom:uid").Set("value", mapping.Text($"urn:oid:{uid.Text}"), uid.Leaf);
        }
    }
}
