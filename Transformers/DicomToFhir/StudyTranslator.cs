using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.DicomToFhir.Ledger;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.DicomToFhir.Reports;
using EHealthPlus.Transformers.DicomToFhir.Resources;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Indexing;
using EHealthPlus.Transformers.Fhir.Writing;

namespace EHealthPlus.Transformers.DicomToFhir;

/// <summary>A study manifest as canonical message: ImagingStudy with its series and instances, the reports among them, the source's Patient, and the Endpoint that has the images. Pure.</summary>
/// <param name="dicomWeb">Address of the hub's DICOMweb service, as its readers reach it.</param>
public sealed class StudyTranslator(string dicomWeb) : IMessageTranslator
{
    /// <returns>The canonical message. Rejection StudyManifestInvalid. Its ledger reads the message's memory again when its rows are asked for.</returns>
    public Result<Translation> Translate(ReadOnlyMemory<byte> message, TranslationContext context)
    {
        var read = Manifest.Read(message);
        if (!read.Accepted) return read.Rejection;
        var mapping = Map(read.Value, context);
        var output = new JsonOutput();
        var slices = new List<ResourceSlice>();
        BundleWriter.Write(mapping.Arena, output, slices);
        var bundle = output.Written.ToArray();
        return new Translation(
            bundle, [.. slices.Select(slice => Finished(slice, bundle, mapping.SubjectId))], ManifestLedger.Count(mapping, () => Again(message, context)));
    }

    public bool IsAboutPatients(string messageCode, string triggerEvent) => true;

    private StudyMapping Map(Manifest manifest, TranslationContext context)
    {
        var mapping = new StudyMapping(manifest, context);
        StudyFrame.Bundle(mapping);
        var header = StudyFrame.Header(mapping);
        var patient = StudyPatient.Map(mapping);
        var endpoint = StudyFrame.Endpoint(mapping, dicomWeb);
        var study = ImagingStudyResource.Map(mapping, patient, endpoint);
        header.ReferItem("focus", study);
        StudyFrame.Provenance(mapping, [patient, study, .. StudyReports.Map(mapping, study, patient, dicomWeb)]);
        return mapping;
    }

    private StudyMapping Again(ReadOnlyMemory<byte> message, TranslationContext context)
    {
        var mapping = Map(Manifest.Read(message).Value, context);
        BundleWriter.Write(mapping.Arena, new JsonOutput(), []);
        return mapping;
    }

    private static TranslatedResource Finished(ResourceSlice slice, byte[] bundle, string? subjectId)
    {
        var type = slice.Resource.Name;
        var json = bundle.AsMemory(slice.Offset, slice.Length);
        using var document = JsonDocument.Parse(json);
        var aboutPatient = type is "Patient" or "ImagingStudy" or "DiagnosticReport" or "Observation" or "DocumentReference" or "Provenance";
        return new(
            type, slice.Resource.TextOf("id")!, CategoryOf(slice.Resource), json, ModeOf(type), JsonIndex.Of(document.RootElement, type), [], aboutPatient)
        {
            SubjectId = aboutPatient ? subjectId : null,
        };
    }

    private static SharingCategory CategoryOf(FhirNode resource) => resource.Name switch
    {
        "ImagingStudy" => SharingCategory.RadiologyImages,
        "DiagnosticReport" or "Observation" or "DocumentReference" => SharingCategory.LaboratoryAndRadiologyReports,
        "Patient" => SharingCategory.PersonalParticulars,
        _ => SharingCategory.None,
    };

    private static WriteMode ModeOf(string type) => type switch
    {
        "MessageHeader" => WriteMode.MessageOnly,
        // A manifest tells of the patient in passing: it must not take the place of what an ADT told.
        "Patient" or "Endpoint" => WriteMode.CreateIfAbsent,
        _ => WriteMode.Replace,
    };
}
