using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>RXO-27, RXE-44, RXD-32, RXG-26, RXA-26: medication, large-volume or other solution (HL7 table 0480), as category.</summary>
internal static class PharmacyOrderType
{
    /// <summary>Adds it where the resource has a list of categories.</summary>
    public static void AddCategory(FhirNode resource, Value type)
    {
        if (type.Leaf >= 0) Code(resource.Item("category"), type);
    }

    /// <summary>Sets it where the resource has one category.</summary>
    public static void SetCategory(FhirNode resource, Value type)
    {
        if (type.Leaf >= 0) Code(resource.Object("category"), type);
    }

    private static void Code(FhirNode category, Value type) =>
        category.Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0480").SetCode("code", type);
}
