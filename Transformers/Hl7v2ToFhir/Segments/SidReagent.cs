using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>SID: the reagent that a test was made with (HL7 v2.8.2 13.4.11), in R4's extension of Observation for it. No official map.</summary>
internal static class SidReagent
{
    public static void Map(SegmentValue sid, FhirNode observation)
    {
        if (!sid[1].HasValue && !sid[2].HasValue) return;
        var substance = observation.Extension("http://hl7.org/fhir/StructureDefinition/observation-reagent").Object("valueReference").Constant("type", "Substance");
        substance.Object("identifier").SetText("value", sid[2]);
        Cwe.SetString(substance, "display", sid[1]);
    }
}
