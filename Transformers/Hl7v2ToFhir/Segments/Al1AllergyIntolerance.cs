using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>AL1[AllergyIntolerance].</summary>
public static class Al1AllergyIntolerance
{
    public static FhirNode Map(SegmentValue al1)
    {
        if (!al1[3].HasValue) return default;
        var resources = al1.Mapping.Resources;
        var allergy = Allergy.Begin(al1);
        Allergy.Active(allergy);
        Allergy.Kind(allergy, al1[2]);
        Allergy.Substance(allergy, al1);
        allergy.SetDateTime("onsetDateTime", al1[6]); // AL1-6 onsetDateTime
        Allergy.Severity(allergy, al1[4], al1[5]);
        return resources.ShareOnce(allergy, AllergyKey.Of(al1));
    }
}
