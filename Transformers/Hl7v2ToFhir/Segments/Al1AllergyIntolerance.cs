using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>AL1[AllergyIntolerance].</summary>
public static class Al1AllergyIntolerance
{
    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls = [(4, "criticality"), (5, "reaction"), (6, "onset")];

    /// <param name="mode">CreateIfAbsent where the message is about something else.</param>
    public static FhirNode Map(SegmentValue al1, WriteMode mode = WriteMode.Merge)
    {
        if (!al1[3].HasValue) return default;
        var resources = al1.Mapping.Resources;
        var allergy = Allergy.Begin(al1, mode);
        Allergy.Active(allergy);
        Allergy.Kind(allergy, al1[2]);
        Allergy.Substance(allergy, al1);
        allergy.SetDateTime("onsetDateTime", al1[6]); // AL1-6 onsetDateTime
        Allergy.Severity(allergy, al1[4], al1[5]);
        allergy = resources.ShareOnce(allergy, AllergyKey.Of(al1));
        resources.Nulls(allergy, al1, Nulls);
        return allergy;
    }
}
