using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>OBR[Specimen] and SPS[Specimen-Source]: the specimen as older versions describe it, where the group has no SPM.</summary>
internal static class ObrSpecimen
{
    /// <param name="specimen">One that stands for a container (SAC) and has nothing else yet; or no node.</param>
    public static FhirNode Map(OrderGroup group, FhirNode specimen = default)
    {
        var (mapping, obr) = (group.Mapping, group.Obr);
        if (!obr[15].HasValue && !obr[14].HasValue && !obr[9].HasValue && !obr[10].HasValue) return specimen;
        var collector = Xcn.ToPractitioner(obr[10]); // OBR-10 XCN[Practitioner]
        if (!specimen.Exists)
        {
            specimen = mapping.Resources.Begin("Specimen", group.Section.Category, WriteMode.Merge);
            mapping.Resources.Own(specimen, group.AddTo(mapping.Resources.Key("Specimen"), placerFirst: true));
            mapping.ReferToSubject(specimen, "subject");
        }

        specimen.SetDateTime("receivedTime", obr[14]); // OBR-14 receivedTime
        Source(specimen, obr[15]);
        var collection = specimen.Object("collection");
        collection.Refer("collector", collector);
        if (obr[8].HasValue)
        {
            collection.Object("collectedPeriod").SetDateTime("start", obr[7]); // OBR-7 IF OBR-8 VALUED
            collection.Object("collectedPeriod").SetDateTime("end", obr[8]); // OBR-8 collection.collectedPeriod.end
        }
        else
        {
            collection.SetDateTime("collectedDateTime", obr[7]); // OBR-7 IF OBR-8 NOT VALUED
        }

        if (obr[9].HasValue) Quantities.SetQuantity(collection, "quantity", obr[9]); // OBR-9 CQ[Quantity]
        return specimen;
    }

    // OBR-15 SPS[Specimen-Source]
    private static void Source(FhirNode specimen, Value sps)
    {
        if (!sps.HasValue) return;
        specimen.SetConcept("type", sps[1], TableMaps.SpecimenType); // SPS.1 CWE[CodeableConcept]
        if (sps[2].HasValue) specimen.Item("container").SetConcept("additiveCodeableConcept", sps[2], TableMaps.AdditivePreservative); // SPS.2 CWE[CodeableConcept]
        if (sps[3].HasValue) specimen.Item("note").SetJoined("text", " "u8, sps[3]); // SPS.3 note
        specimen.Object("collection").SetConcept("bodySite", sps[4], TableMaps.BodySite); // SPS.4 CWE[CodeableConcept]
        if (sps[6].HasValue) Cwe.ToCodeableConcept(specimen.Item("condition"), sps[6], TableMaps.SpecimenCondition); // SPS.6 CWE[CodeableConcept]
    }
}
