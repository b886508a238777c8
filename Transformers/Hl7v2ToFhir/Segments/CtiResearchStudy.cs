using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>CTI: the clinical trial that an order or its results are for (HL7 v2.8.2 7.8.4). No official map. R4 has no place for phase and time point.</summary>
internal static class CtiResearchStudy
{
    private const string Extension = "http://hl7.org/fhir/StructureDefinition/workflow-researchStudy";

    /// <param name="resource">A ServiceRequest or DiagnosticReport. R4 has the extension for results alone; an order has the study among what informs it.</param>
    public static void Map(SegmentValue cti, FhirNode resource)
    {
        if (!resource.Exists || !cti[1].HasValue) return;
        var study = resource.Name == "ServiceRequest" ? resource.Item("supportingInfo") : resource.Extension(Extension).Object("valueReference");
        Ei.ToIdentifier(study.Constant("type", "ResearchStudy").Object("identifier"), cti[1]);
    }
}
