using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// Says that an element which R4 requires is not in the message: extension data-absent-reason, unknown (R4 2.20). In an update it
/// leaves what the record holds as it is.
/// </summary>
internal static class AbsentData
{
    public static void Set(FhirNode element) =>
        element.Extension("http://hl7.org/fhir/StructureDefinition/data-absent-reason").Set("valueCode", "unknown");
}
