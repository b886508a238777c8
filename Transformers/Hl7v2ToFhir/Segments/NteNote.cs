using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>NTE[Observation] and NTE[ServiceRequest]: a note on what stands before it.</summary>
internal static class NteNote
{
    /// <param name="resource">An Observation, ServiceRequest, Specimen or AllergyIntolerance; with no node all of the note is carried.</param>
    public static void Map(SegmentValue nte, FhirNode resource)
    {
        nte[1].Drop(DropRule.SetId);
        if (!resource.Exists || !nte[3].HasValue) return;
        var note = resource.Item("note");
        note.Refer("authorReference", Xcn.ToPractitioner(nte[5])); // NTE-5 XCN[Practitioner]
        note.SetDateTime("time", nte[6]); // NTE-6 note.time
        note.SetLines("text", nte[3]); // NTE-3 note.text
    }
}
