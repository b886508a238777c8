using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Resources;

/// <summary>What stands about the study in its canonical message: MessageHeader, Endpoint and Provenance.</summary>
internal static class StudyFrame
{
    private const string DepositSystem = "urn:ehealthplus:identifier:deposit";

    public static void Bundle(StudyMapping mapping)
    {
        var bundle = mapping.Arena.Resource("Bundle").Constant("type", "message");
        bundle.Object("identifier").ConstantText("system", mapping.LocalUri("study-manifest")).Set("value", mapping.Text(mapping.ControlId));
        bundle.Set("timestamp", Instant(mapping));
    }

    /// <summary>Where the images are: the hub's DICOMweb service (PS3.18-2024 10.4).</summary>
    public static FhirNode Endpoint(StudyMapping mapping, string dicomWeb)
    {
        var endpoint = mapping.Arena.Resource("Endpoint");
        endpoint.ConstantText("id", mapping.Text(StudyKey.OfEndpoint(dicomWeb)));
        endpoint.Set("status", "active");
        endpoint.Object("connectionType").Constant("system", "http://terminology.hl7.org/CodeSystem/endpoint-connection-type").Set("code", "dicom-wado-rs");
        endpoint.Item("payloadType").Set("text", "DICOM");
        endpoint.Append("payloadMimeType", "application/dicom");
        return endpoint.Set("address", mapping.Text(dicomWeb));
    }

    public static FhirNode Header(StudyMapping mapping)
    {
        var header = mapping.Arena.Resource("MessageHeader");
        header.ConstantText("id", mapping.Text(StudyKey.OfHeader(mapping.Context.Source.Id, mapping.ControlId)));
        header.Set("eventUri", "urn:ehealthplus:event:dicom-study");
        header.Object("source").Set("endpoint", mapping.LocalUri("DICOM"));
        return header;
    }

    public static void Provenance(StudyMapping mapping, IReadOnlyList<FhirNode> targets)
    {
        var provenance = mapping.Arena.Resource("Provenance");
        provenance.ConstantText("id", mapping.Text(StudyKey.OfProvenance(mapping.Context.Source.Id, mapping.ControlId, mapping.SubjectId)));
        foreach (var target in targets) provenance.ReferItem("target", target);
        provenance.Set("recorded", Instant(mapping));
        provenance.Object("activity").Set("text", Routing.Contracts.Imaging.StudyManifest.MessageType);
        var agent = provenance.Item("agent");
        agent.ConstantObject("type").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/provenance-participant-type").Constant("code", "author");
        agent.Object("who").Object("identifier").Constant("system", FhirSystems.Provider).Set("value", mapping.Text(mapping.Context.Source.ProviderId));
        var source = provenance.Item("entity").Constant("role", "source").Object("what").Object("identifier");
        if (mapping.Context.DepositId is { } deposit) source.Constant("system", DepositSystem).Set("value", mapping.Text(deposit.ToString()));
        else source.Set("value", mapping.Text(mapping.ControlId));
    }

    private static FhirText Instant(StudyMapping mapping) =>
        mapping.Text(mapping.Context.ReceivedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture));
}
