using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// RXC as Medication.ingredient: one component of a compound (HL7 v2.8.2 4A.4.3). There is no official map; FHIR R4's mapping of
/// Medication names the fields. The amount in the compound is the ingredient's strength; a component that has a strength of its own is a
/// contained Medication that says so.
/// </summary>
internal static class RxcIngredient
{
    /// <param name="id">Id of the contained Medication where one is needed.</param>
    public static void Map(FhirNode resource, FhirNode medication, SegmentValue rxc, string id)
    {
        if (!rxc[2].HasValue) return;
        var ingredient = medication.Item("ingredient");
        var own = Numbers.IsDecimal(rxc[5].First.Utf8);
        if (own)
        {
            var component = DrugMedication.Begin(resource, id);
            Name(component.Object("code"), rxc);
            DrugMedication.Strength(component, new(rxc[2], default, rxc[5], rxc[6], rxc[8], rxc[9])); // RXC-5 RXC-6 RXC-8 RXC-9 ingredient.strength
            ingredient.Object("itemReference").Set("reference", $"#{id}");
        }
        else
        {
            Name(ingredient.Object("itemCodeableConcept"), rxc);
            rxc[5].Note(CarryReason.NotANumber);
        }

        var kind = rxc[1].First;
        if (kind.Is("A"u8)) ingredient.Set("isActive", true, kind.Leaf); // RXC-1 ingredient.isActive
        else if (kind.Is("B"u8)) ingredient.Set("isActive", false, kind.Leaf); // RXC-1 ingredient.isActive
        if (Numbers.IsDecimal(rxc[3].First.Utf8)) DrugMedication.Ratio(ingredient.Object("strength"), rxc[3], rxc[4], default, default); // RXC-3 RXC-4 ingredient.strength
        else rxc[3].Note(CarryReason.NotANumber);
    }

    private static void Name(FhirNode concept, SegmentValue rxc)
    {
        Cwe.ToCodeableConcept(concept, rxc[2]); // RXC-2 ingredient.item
        foreach (var other in rxc[7]) Cwe.ToCodeableConcept(concept, other); // RXC-7 ingredient.item
    }
}
