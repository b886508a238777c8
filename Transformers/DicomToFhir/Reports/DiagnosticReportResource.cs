using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.DicomToFhir.Resources;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// SR Document General and Content Module (PS3.3-2024 C.17.2, C.17.3) and Encapsulated Document Module (C.24.2) as R4 DiagnosticReport. The document
/// itself stays where it is kept: presentedForm has its address.
/// </summary>
internal static class DiagnosticReportResource
{
    public static FhirNode Map(StudyMapping mapping, DocumentChain chain, FhirNode study, FhirNode patient, string dicomWeb)
    {
        var document = chain.Current;
        var stated = document.Attributes;
        var report = mapping.Arena.Resource("DiagnosticReport");
        report.ConstantText("id", mapping.Text(ReportKey.Of(mapping, "DiagnosticReport", chain.Root)));
        var request = stated.First("0040A370")?.Item;
        var accession = request?.First("00080050") ?? mapping.Manifest.Study.First("00080050");
        report.Item("identifier").Constant("system", "urn:dicom:uid").Set("value", mapping.Text($"urn:oid:{document.SopInstanceUid}"), stated.First("00080018")!.Leaf);
        if (accession is not null) ImagingStudyResource.Accession(report.Item("identifier")).Set("value", mapping.Text(accession.Text), accession.Leaf);
        Order(mapping, report, request, "00402016", "PLAC");
        Order(mapping, report, request, "00402017", "FILL");
        ImagingStudyResource.BasedOn(mapping, report, accession);
        ReportStatus.Set(report, chain);
        var title = stated.First("00420010");
        CodedConcept.Set(mapping, report.Object("code"), document.Content.Concept);
        if (title is not null && !report.Find("code").Has("text")) mapping.Set(report.Object("code"), "text", title);
        // R4 DiagnosticReport.code is 1..1.
        if (!report.Find("code").Populated) report.Object("code").Set("text", "Report");
        ImagingStudyResource.Subject(mapping, report, patient);
        if (!mapping.SetDateTime(report, "effectiveDateTime", stated.First("0040A032"), document.Offset, instant: false))
        {
            mapping.SetTime(report, "effectiveDateTime", mapping.Manifest.Study.First("00080020"), mapping.Manifest.Study.First("00080030"), ImagingStudyResource.Offset(mapping.Manifest));
        }

        if (!mapping.SetDateTime(report, "issued", Observers.VerifiedAt(document), document.Offset, instant: true))
            mapping.SetInstant(report, "issued", stated.First("00080023"), stated.First("00080033"), document.Offset ?? ImagingStudyResource.Offset(mapping.Manifest));
        Observers.Set(mapping, report, document);
        report.ReferItem("imagingStudy", study);
        OtherStudies(mapping, report, stated);
        if (document.IsReport)
        {
            Conclusion.Set(mapping, report, document.Content);
            Narrative.Set(mapping, report, document.Content);
        }

        KeptFile.Set(mapping, report.Item("presentedForm"), document, dicomWeb);
        return report;
    }

    private static void Order(StudyMapping mapping, FhirNode report, Attributes? request, string tag, string type)
    {
        if (request?.First(tag) is not { } number) return;
        var identifier = report.Item("identifier");
        identifier.ConstantObject("type").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0203").Constant("code", type);
        mapping.Set(identifier, "value", number);
    }

    /// <summary>Evidence in other studies, such as the prior that was compared with: by UID, wherever they are.</summary>
    private static void OtherStudies(StudyMapping mapping, FhirNode report, Attributes stated)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { mapping.Manifest.StudyInstanceUid };
        foreach (var uid in ((string[])["0040A375", "0040A385"]).SelectMany(stated.All).Select(value => value.Item?.First("0020000D")).OfType<AttributeValue>())
        {
            if (!seen.Add(uid.Text)) continue;
            var other = report.Item("imagingStudy").Constant("type", "ImagingStudy");
            other.Object("identifier").Constant("system", "urn:dicom:uid").Set("value", mapping.Text($"urn:oid:{uid.Text}"), uid.Leaf);
        }
    }
}
