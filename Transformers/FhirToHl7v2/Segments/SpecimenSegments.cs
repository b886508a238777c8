using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>SPM from Specimen (HL7 v2.8.2 7.4.3).</summary>
internal static class SpecimenSegments
{
    public static void Write(MessageDraft draft, JsonElement specimen)
    {
        var spm = draft.AddNumbered("SPM");
        spm.SetEip(2, specimen.Items("identifier").Where(identifier => Cx.TypeOf(identifier) is "PGN" or "FGN"));
        foreach (var parent in specimen.Items("parent")) spm.SetEip(3, [parent.Get("identifier")]);
        spm.SetConcept(4, specimen.Get("type"), TableMaps.SpecimenType);
        spm.SetConcepts(6, specimen.Items("container").Select(container => container.Get("additiveCodeableConcept")), TableMaps.AdditivePreservative);
        var collection = specimen.Get("collection");
        spm.SetConcept(7, collection.Get("method"), TableMaps.SpecimenCollectionMethod).SetConcept(8, collection.Get("bodySite"), TableMaps.SpecimenSourceSite);
        spm.SetCq(12, collection.Get("quantity"));
        foreach (var note in specimen.Items("note")) spm.Set(14, note.Text("text"), repetition: spm.Repetitions(14));
        spm.SetTime(17, collection.Text("collectedDateTime")).SetPeriod(17, collection.Get("collectedPeriod"), 1, 2);
        spm.SetTime(18, specimen.Text("receivedTime"));
        spm.Set(20, specimen.Text("status") switch { "available" => "Y", "unavailable" => "N", _ => null });
        spm.SetConcepts(24, specimen.Items("condition"), TableMaps.SpecimenCondition);
        spm.SetCq(25, specimen.First("container").Get("specimenQuantity"));
        spm.SetConcept(27, specimen.First("container").Get("type"), TableMaps.ContainerType);
        spm.SetCx(30, specimen.Get("accessionIdentifier"));
        spm.SetCxs(31, specimen.Items("identifier").Where(identifier => Cx.TypeOf(identifier) is not ("PGN" or "FGN" or "SHIP")));
        spm.SetEi(32, Cx.OfType(specimen, "SHIP").FirstOrDefault());
    }
}
