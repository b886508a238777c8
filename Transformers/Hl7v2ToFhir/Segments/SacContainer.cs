using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// SAC as Specimen.container: the tube or plate that a specimen is in (HL7 v2.8.2 13.4.3). No official map. What it says of the
/// analyser's carriers, trays and geometry has no place in R4.
/// </summary>
internal static class SacContainer
{
    public static void Map(SegmentValue sac, FhirNode specimen)
    {
        if (!specimen.Exists) return;
        if (!specimen.Has("accessionIdentifier"))
        {
            var accession = sac[2].HasValue ? sac[2] : sac[1];
            if (accession.HasValue) Ei.ToIdentifier(specimen.Object("accessionIdentifier"), accession);
            if (sac[2].HasValue) specimen.AddIdentifier("identifier", sac[1], "ACSN");
        }

        var container = Room(specimen);
        foreach (var number in sac[3])
        {
            if (number.HasValue) Ei.ToIdentifier(container.Item("identifier"), number);
        }

        if (sac[4].HasValue) Ei.ToIdentifier(specimen.Item("parent").Constant("type", "Specimen").Object("identifier"), sac[4]);
        var common = sac[49].HasValue ? sac[49] : sac[47];
        container.SetConcept("type", common);
        Volume(container, "capacity", sac[21], sac[24]);
        Volume(container, "specimenQuantity", sac[22].HasValue ? sac[22] : sac[23], sac[24]);
        if (!container.Has("additiveCodeableConcept")) container.SetConcept("additiveCodeableConcept", sac[27].First, TableMaps.AdditivePreservative);
        if (sac[30].HasValue) specimen.Item("processing").SetConcept("procedure", sac[30]);
        specimen.AddConcepts("condition", sac[8]);
    }

    /// <summary>A Specimen for a container that stands alone (OUL_R21): what is in it, the OBR after it tells.</summary>
    public static FhirNode ToSpecimen(SegmentValue sac, SharingCategory category)
    {
        var mapping = sac.Mapping;
        var specimen = mapping.Resources.Begin("Specimen", category, WriteMode.Merge);
        var number = sac[3].HasValue ? sac[3].First : sac[2].HasValue ? sac[2].First : sac[1].First;
        var key = mapping.Resources.Key("Specimen").Add("container");
        mapping.Resources.Own(specimen, number.HasValue ? key.Add(number[1]).Add(number[2]).Add(number[3]) : key.Add(mapping.ControlId));
        mapping.ReferToSubject(specimen, "subject");
        Map(sac, specimen);
        return specimen;
    }

    // SPM tells of one container without its number: the first SAC is about that one.
    private static FhirNode Room(FhirNode specimen)
    {
        foreach (var container in specimen.Items("container"))
        {
            if (!container.Has("identifier")) return container;
        }

        return specimen.Item("container");
    }

    private static void Volume(FhirNode container, string name, Value number, Value unit)
    {
        if (!container.Has(name) && Numbers.IsDecimal(number.Utf8)) Quantities.SetNumber(container.Object(name), number, Unit.Of(unit));
    }
}
