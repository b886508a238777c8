using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>OBX[Observation] and OBX[Observation-Component].</summary>
public static class ObxObservation
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";

    /// <summary>An observation outside an order, such as those of ADT messages.</summary>
    public static FhirNode Map(SegmentValue obx, SharingCategory category) => Map(obx, null, category);

    /// <summary>A result of the order; or where the group is a request, what is told with it.</summary>
    internal static FhirNode Map(SegmentValue obx, OrderGroup group) =>
        Map(obx, group, group.HasResults ? group.Section.Category : SharingCategory.ObservationsAndLifestyle);

    /// <summary>An observation of a specimen that stands before its orders, such as its volume.</summary>
    internal static FhirNode OfSpecimen(SegmentValue obx, FhirNode specimen, SharingCategory category)
    {
        var observation = Map(obx, null, category, specimen);
        observation.ReferItem("focus", specimen);
        observation.Refer("specimen", specimen);
        return observation;
    }

    /// <summary>An observation that is told with a dose, an issue, a giving or an order of a drug.</summary>
    /// <param name="act">That one: orders without number, or with a placeholder, do not tell theirs apart. No node where there is none.</param>
    internal static FhirNode OfAct(SegmentValue obx, FhirNode act, SharingCategory category) => Map(obx, null, category, act);

    // The whole is what it is a part of, where that is no order.
    private static FhirNode Map(SegmentValue obx, OrderGroup? group, SharingCategory category, FhirNode whole = default)
    {
        var mapping = obx.Mapping;
        var document = ObxDocumentReference.Map(obx, group, category, whole);
        var observation = mapping.Resources.Begin("Observation", category, ModeOf(obx));
        mapping.Resources.Own(observation, Key(obx, group, whole));

        obx[1].Drop(DropRule.SetId);
        ResultStatus.SetObservationStatus(observation, obx[11], group is { HasResults: true } ? group.Obr[25] : default); // OBX-11 status
        if (obx[11].First.Is("X"u8)) // OBX-11 IF OBX-11 IS "X"
        {
            observation.Object("_status").Extension(Extensions + "alternate-codes").Object("valueCodeableConcept").Item("coding")
                .Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0085").SetCode("code", obx[11]);
        }

        Category(observation, obx[29], group);
        observation.SetConcept("code", obx[3]); // OBX-3 CWE[CodeableConcept]
        // R4 Observation.code is 1..1.
        if (!observation.Has("code")) observation.Object("code").Set("text", "Observation");
        mapping.ReferToSubject(observation, "subject");
        observation.Refer("encounter", mapping.Encounter);
        Effective(observation, obx, group);
        Performers(observation, obx);
        var unit = Unit.Of(obx[6]);
        ObxValue.Map(observation, obx, unit); // OBX-5
        observation.AddConcepts("interpretation", obx[8], TableMaps.InterpretationCodes); // OBX-8 CWE[CodeableConcept]
        ReferenceRange.Add(observation, obx[7], unit); // OBX-7 referenceRange
        Circumstances(observation, obx);
        observation.ReferItem("derivedFrom", document); // OBX-5 ED[DocumentReference] RP[DocumentReference]
        if (group is not null) observation.Refer("specimen", group.Specimen);
        return observation;
    }

    // "Final without retransmitting results already sent as preliminary" (HL7 table 0085): the value is the one that the record has.
    private static WriteMode ModeOf(SegmentValue obx) =>
        obx[11].First.Is("U"u8) && !obx[5].HasValue && !obx[5].IsNull ? WriteMode.Merge : WriteMode.Replace;

    private static IdKey Key(SegmentValue obx, OrderGroup? group, FhirNode whole)
    {
        var code = obx[3].First;
        return KeyOfWhole(obx, group, whole).Add(code[1]).Add(code[3]).AddAll(obx[4]);
    }

    // What the result is part of: the order, the specimen or dose, the patient, or the message.
    private static IdKey KeyOfWhole(SegmentValue obx, OrderGroup? group, FhirNode whole)
    {
        var resources = obx.Mapping.Resources;
        if (group is { HasResults: true }) return group.PartKey("Observation");
        if (group is not null) return group.AddTo(resources.Key("Observation"), placerFirst: true).Add("asked");
        if (whole.Exists) return resources.PartOf(whole, "Observation");
        if (obx.Mapping.Patient.Exists) return resources.PartOf(obx.Mapping.Patient, "Observation").Add(obx[14]);
        return resources.Key("Observation").Add(obx.Mapping.ControlId);
    }

    private static void Category(FhirNode observation, Value type, OrderGroup? group)
    {
        // What the sender says of the kind of observation goes before what its department does.
        if (type.Leaf >= 0) observation.Item("category").Item("coding").ConstantText("system", LocalUri.Of(type.Mapping, "HL70936"u8)).SetCode("code", type); // OBX-29 category[1]
        else if (group is { HasResults: true, Section.ObservationCategory: { } category }) observation.ConstantJson("category", category);
    }

    // OBX-14; where it is empty the time of the specimen holds (HL7 v2.8.2 7.4.2.14).
    private static void Effective(FhirNode observation, SegmentValue obx, OrderGroup? group)
    {
        if (!observation.SetDateTime("effectiveDateTime", obx[14]) && group is { HasResults: true }) ObrDiagnosticReport.Effective(observation, group.Obr); // OBX-14 effectiveDateTime
        if (obx[19].HasValue) observation.Extension(Extensions + "observation-analysis-date-time").SetDateTime("valueDateTime", obx[19]); // OBX-19 extension[2]
    }

    private static void Performers(FhirNode observation, SegmentValue obx)
    {
        foreach (var observer in obx[16]) observation.ReferItem("performer", Xcn.ToPractitioner(observer)); // OBX-16 XCN[Practitioner]
        observation.ReferItem("performer", CweOrganization.Map(obx[15])); // OBX-15 CWE[Organization]
        observation.ReferItem("performer", Xon.ToOrganization(obx[23], obx[24])); // OBX-23 XON[Organization] OBX-24 XAD[Address]
        observation.ReferItem("performer", Xcn.ToPractitioner(obx[25])); // OBX-25 XCN[PractitionerRole]
    }

    private static void Circumstances(FhirNode observation, SegmentValue obx)
    {
        if (obx[4].HasValue) SubIdentifier(observation, obx[4]); // OBX-4 OG[Extension-Subidentifier]
        foreach (var nature in obx[10]) // OBX-10 CWE[CodeableConcept]
        {
            if (nature.HasValue) observation.Extension(Extensions + "observation-nature-of-abnormal-test").SetConcept("valueCodeableConcept", nature, TableMaps.NatureOfAbnormalTesting);
        }

        observation.SetConcept("method", obx[17]); // OBX-17 CWE[CodeableConcept]
        var device = obx[18].First; // OBX-18 EI[Identifier-Extension]
        if (device.HasValue) Ei.ToIdentifier(observation.Object("device").Constant("type", "Device").Object("identifier"), device);
        observation.SetConcept("bodySite", obx[20]); // OBX-20 CWE[CodeableConcept]
        observation.AddIdentifier("identifier", obx[21], "FILL"); // OBX-21 EI[Identifier-Extension]
        if (obx[30].HasValue) // OBX-30 extension[2]
        {
            observation.Extension(Extensions + "observation-structure-type").Object("valueCodeableConcept").Item("coding")
                .Constant("system", Extensions + "observation-structure-type").SetCode("code", obx[30]);
        }

        var specimen = obx[33].First;
        var number = specimen[1].HasValue ? specimen[1] : specimen[2];
        if (!number.HasValue) return;
        var identifier = observation.Object("specimen").Constant("type", "Specimen").Object("identifier");
        Cx.ConstantType(identifier, specimen[1].HasValue ? "PGN" : "FGN");
        Ei.ToIdentifier(identifier, number); // OBX-33 EIP[Identifier-PlacerAssignedIdentifier] EIP[Identifier-FillerAssignedIdentifier]
    }

    private static void SubIdentifier(FhirNode observation, Value og)
    {
        var extension = observation.Extension(Extensions + "observation-v2-subid");
        if (og[1].Leaf >= 0) extension.Extension("original-sub-identifier").SetText("valueString", og[1]); // OG.1
        if (og[2].Leaf >= 0) extension.Extension("group").SetDecimal("valueDecimal", og[2]); // OG.2
        if (og[3].Leaf >= 0) extension.Extension("sequence").SetDecimal("valueDecimal", og[3]); // OG.3
        if (og[4].Leaf >= 0) extension.Extension("identifier").SetText("valueString", og[4]); // OG.4
    }
}
