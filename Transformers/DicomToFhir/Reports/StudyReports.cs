using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Transformers.DicomToFhir.Ledger;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>The documents of a study as resources: DiagnosticReport with its Observations, DocumentReference.</summary>
internal static class StudyReports
{
    /// <returns>The reports and document references, for the Provenance.</returns>
    public static IReadOnlyList<FhirNode> Map(StudyMapping mapping, FhirNode study, FhirNode patient, string dicomWeb)
    {
        var made = new List<FhirNode>();
        var documents = StudyDocument.Of(mapping.Manifest);
        foreach (var chain in DocumentChain.Of(documents))
        {
            var document = chain.Current;
            var report = document.SopClassUid == DocumentClass.KeyObjectSelection ? default : DiagnosticReportResource.Map(mapping, chain, study, patient, dicomWeb);
            if (report.Exists) made.Add(report);
            if (!document.IsReport) made.Add(DocumentReferenceResource.Map(mapping, chain, study, report, patient, dicomWeb));
            if (document.IsReport) Form(mapping, document.Content);
            if (report.Exists) Measurements(mapping, chain, report, study, patient);
        }

        foreach (var document in documents) SaidAbove(mapping, document);
        return made;
    }

    /// <summary>What an earlier document of the chain had measured and the last one no longer has is withdrawn: R4 entered-in-error.</summary>
    private static void Measurements(StudyMapping mapping, DocumentChain chain, FhirNode report, FhirNode study, FhirNode patient)
    {
        var status = ReportStatus.OfObservation(ReportStatus.Of(chain));
        var parts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var measurement in Measurement.Of(chain.Current))
        {
            parts.Add(measurement.Part);
            report.ReferItem("result", measurement.Map(mapping, chain, status, study, patient, chain.Current.Offset));
        }

        foreach (var earlier in chain.Earlier.Reverse())
        {
            foreach (var measurement in Measurement.Of(earlier).Where(measurement => parts.Add(measurement.Part)))
                measurement.Map(mapping, chain, "entered-in-error", study, patient, earlier.Offset);
            foreach (var leaf in earlier.Attributes.Leaves()) mapping.Note(leaf, ManifestNote.Superseded);
        }
    }

    /// <summary>Relationship, value type and continuity of each item (PS3.3-2024 C.17.3).</summary>
    private static void Form(StudyMapping mapping, ContentItem root)
    {
        foreach (var item in root.All())
        {
            foreach (var value in ((string[])["0040A010", "0040A040", "0040A050"]).SelectMany(item.Attributes.All)) mapping.Note(value, ManifestNote.TreeForm);
        }
    }

    /// <summary>A whole data set says again what patient, study and series say.</summary>
    private static void SaidAbove(StudyMapping mapping, StudyDocument document)
    {
        foreach (var tag in document.Attributes.Tags)
        {
            var above = (Attributes?[])[mapping.Manifest.Patient, mapping.Manifest.Study, document.Series.Attributes];
            if (Array.Find(above, each => each!.All(tag).Count > 0) is not { } stated) continue;
            foreach (var (own, its) in document.Attributes.All(tag).SelectMany(Attributes.LeavesOf).Zip(stated.All(tag).SelectMany(Attributes.LeavesOf)))
            {
                if (own.Text == its.Text) mapping.Note(own, ManifestNote.SaidAbove);
            }
        }

        foreach (var value in document.Attributes.All("00080005")) mapping.Note(value, ManifestNote.CharacterSet);
    }
}
