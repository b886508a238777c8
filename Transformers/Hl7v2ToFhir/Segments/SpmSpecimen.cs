using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>SPM[Specimen]. A specimen that the message names for several orders is one resource.</summary>
internal static class SpmSpecimen
{
    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (6, "container"), (7, "collection.method"), (8, "collection.bodySite"), (12, "collection.quantity"), (14, "note"), (17, "collection.collected"), (18, "receivedTime"),
        (20, "status"), (24, "condition"),
    ];

    /// <param name="group">The order that it belongs to, or the first of them where it stands before its orders.</param>
    public static FhirNode Map(SegmentValue spm, OrderGroup group)
    {
        var mapping = spm.Mapping;
        var specimen = mapping.Resources.Begin("Specimen", group.Section.Category, WriteMode.Merge);
        spm[1].Drop(DropRule.SetId);
        specimen.AddIdentifier("identifier", spm[2].First[1], "PGN"); // SPM-2 EIP[Identifier-PlacerAssignedIdentifier]
        specimen.AddIdentifier("identifier", spm[2].First[2], "FGN"); // SPM-2 EIP[Identifier-FillerAssignedIdentifier]
        Parents(specimen, spm[3]);
        specimen.SetConcept("type", spm[4], TableMaps.SpecimenType); // SPM-4 CWE[CodeableConcept]
        Container(specimen, spm);
        mapping.ReferToSubject(specimen, "subject");
        Collection(specimen, spm);
        foreach (var text in spm[14]) // SPM-14 note
        {
            if (text.Leaf >= 0) specimen.Item("note").SetText("text", text);
        }

        specimen.SetDateTime("receivedTime", spm[18]); // SPM-18 receivedTime
        Condition(specimen, spm);
        Numbers(specimen, spm);
        var key = mapping.Resources.Key("Specimen");
        // The placer's number is there from the order on; the filler gives his later.
        var number = spm[2].First[1].HasValue ? spm[2].First[1] : spm[2].First[2];
        if (number.HasValue) specimen = mapping.Resources.ShareOnce(specimen, key.Add(number[1]).Add(number[2]).Add(number[3]));
        else mapping.Resources.Own(specimen, group.AddTo(key, placerFirst: true).Add(spm[1]));
        mapping.Resources.Nulls(specimen, spm, Nulls);
        return specimen;
    }

    // A specimen that the laboratory has refused (SPM-21) cannot be used, whatever SPM-20 says of it; why, is told with its condition.
    private static void Condition(FhirNode specimen, SegmentValue spm)
    {
        if (spm[21].HasValue) specimen.Set("status", "unsatisfactory", spm[21].First.Leaf);
        else specimen.SetMapped("status", spm[20], TableMaps.YesNoIndicatorAvailabilityStatus); // SPM-20 Yes/NoIndicator[AvailabilityStatus]
        specimen.AddConcepts("condition", spm[24], TableMaps.SpecimenCondition); // SPM-24 CWE[CodeableConcept]
        specimen.AddConcepts("condition", spm[21], TableMaps.SpecimenRejectReason);
        specimen.AddConcepts("condition", spm[16]);
    }

    // R4 knows a parent by reference or by its identifier; here it is known by number only.
    private static void Parents(FhirNode specimen, FieldValue parents)
    {
        foreach (var parent in parents)
        {
            var number = parent[1].HasValue ? parent[1] : parent[2];
            if (!number.HasValue) continue;
            var identifier = specimen.Item("parent").Constant("type", "Specimen").Object("identifier");
            Cx.ConstantType(identifier, parent[1].HasValue ? "PGN" : "FGN");
            Ei.ToIdentifier(identifier, number); // SPM-3 EIP[Identifier-PlacerAssignedIdentifier] EIP[Identifier-FillerAssignedIdentifier]
        }
    }

    private static void Container(FhirNode specimen, SegmentValue spm)
    {
        if (!spm[6].HasValue && !spm[27].HasValue && !spm[25].HasValue) return;
        var container = specimen.Item("container");
        container.SetConcept("type", spm[27], TableMaps.ContainerType); // SPM-27 CWE[CodeableConcept]
        if (spm[25].HasValue) Quantities.SetQuantity(container, "specimenQuantity", spm[25]);
        var first = true;
        foreach (var additive in spm[6]) // SPM-6 CWE[CodeableConcept]
        {
            (first ? container : specimen.Item("container")).SetConcept("additiveCodeableConcept", additive, TableMaps.AdditivePreservative);
            first = false;
        }
    }

    private static void Collection(FhirNode specimen, SegmentValue spm)
    {
        var collection = specimen.Object("collection");
        if (spm[17].First[2].HasValue) Dr.ToPeriod(collection.Object("collectedPeriod"), spm[17]); // SPM-17 DR[Period]
        else collection.SetDateTime("collectedDateTime", spm[17].First[1]); // SPM-17 DR[dateTime]
        if (spm[12].HasValue) Quantities.SetQuantity(collection, "quantity", spm[12]); // SPM-12 CQ[Quantity]
        collection.SetConcept("method", spm[7], TableMaps.SpecimenCollectionMethod); // SPM-7 CWE[CodeableConcept]
        collection.SetConcept("bodySite", spm[8], TableMaps.SpecimenSourceSite); // SPM-8 CWE[CodeableConcept]
    }

    private static void Numbers(FhirNode specimen, SegmentValue spm)
    {
        var first = true;
        foreach (var accession in spm[30]) // SPM-30 CX[Identifier]
        {
            if (!accession.HasValue) continue;
            Cx.ToIdentifier(first ? specimen.Object("accessionIdentifier") : specimen.Item("identifier"), accession);
            first = false;
        }

        specimen.AddIdentifiers("identifier", spm[31]); // SPM-31 CX[Identifier]
        specimen.AddIdentifier("identifier", spm[32], "SHIP"); // SPM-32 EI[Identifier-Extension]
    }
}
