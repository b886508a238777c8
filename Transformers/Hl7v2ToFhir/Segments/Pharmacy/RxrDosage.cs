using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>RXR[MedicationRequest], and RXR[Immunization] as far as both are alike: by which way, where, and how it is given.</summary>
internal static class RxrDosage
{
    /// <summary>Of several routes, which are a choice, the first is told; the others are carried.</summary>
    /// <param name="dosage">A Dosage.</param>
    public static void Map(FhirNode dosage, List<SegmentValue> routes)
    {
        for (var at = 0; at < routes.Count; at++)
        {
            var rxr = routes[at];
            if (at > 0)
            {
                rxr[1].Note(CarryReason.NoRoom);
                continue;
            }

            RouteAndSite(dosage, rxr);
            dosage.SetConcept("method", rxr[4], TableMaps.AdministrationMethod); // RXR-4 dosageInstruction.method
            if (rxr[5].HasValue) Cwe.ToCodeableConcept(dosage.Item("additionalInstruction"), rxr[5], TableMaps.RoutingInstruction); // RXR-5 dosageInstruction.additionalInstruction
        }
    }

    /// <summary>The same for the dosage of a MedicationAdministration, which has no place for instructions.</summary>
    public static void MapGiven(FhirNode dosage, SegmentValue rxr)
    {
        RouteAndSite(dosage, rxr);
        dosage.SetConcept("method", rxr[4], TableMaps.AdministrationMethod); // RXR-4 dosage.method
    }

    /// <summary>Route and site alone.</summary>
    /// <param name="node">A Dosage, the dosage of a MedicationAdministration, or an Immunization.</param>
    public static void RouteAndSite(FhirNode node, SegmentValue rxr)
    {
        node.SetConcept("route", rxr[1], TableMaps.RouteOfAdministration); // RXR-1 dosageInstruction.route RXR-1 route
        node.SetConcept("site", rxr[2], TableMaps.BodyParts); // RXR-2 dosageInstruction.site RXR-2 site
        // R4 has no element for left and right: said in words beside the code.
        if (!rxr[6].HasValue || !rxr[2].HasValue || node.Find("site").Has("text")) return;
        node.Object("site").SetJoined("text", ", "u8, Word(rxr[2]), Word(rxr[6])); // RXR-6 site.text
    }

    private static Value Word(Value cwe) => cwe[2].Leaf >= 0 ? cwe[2] : cwe[1];
}
