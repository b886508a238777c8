using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Merging;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PV2[Encounter]: more about the visit that PV1 began.</summary>
public static class Pv2Encounter
{
    private const string Version5 = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.";
    private const string ModeOfArrival = "http://hl7.org/fhir/StructureDefinition/encounter-modeOfArrival";

    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (1, "location:planned"), (3, "reasonCode"), (8, ResourceMerge.ExtensionPrefix + Version5 + "plannedStartDate"), (9, ResourceMerge.ExtensionPrefix + Version5 + "plannedEndDate"),
        (11, "length"), (25, "priority"), (38, ResourceMerge.ExtensionPrefix + ModeOfArrival),
    ];

    public static void Map(SegmentValue pv2, FhirNode encounter)
    {
        if (!pv2.Exists || !encounter.Exists) return;
        Pv1Encounter.AddLocation(encounter, pv2[1], "planned"); // PV2-1 PL[Location]
        encounter.AddConcepts("reasonCode", pv2[3]); // PV2-3 CWE[CodeableConcept]
        if (pv2[8].HasValue) encounter.Extension(Version5 + "plannedStartDate").SetDateTime("valueDateTime", pv2[8]); // PV2-8 valueDateTime
        if (pv2[9].HasValue) encounter.Extension(Version5 + "plannedEndDate").SetDateTime("valueDateTime", pv2[9]); // PV2-9 valueDateTime
        if (pv2[11].HasValue)
        {
            var length = encounter.Object("length");
            length.SetDecimal("value", pv2[11]); // PV2-11 NM[Quantity-LengthOfStay]
            length.Constant("unit", "days").Constant("system", "http://unitsofmeasure.org").Constant("code", "d");
        }

        Pv1Encounter.AddParticipants(encounter, pv2[13], "REF", "referrer"); // PV2-13 XCN[Practitioner]
        encounter.SetConcept("priority", pv2[25], TableMaps.EncounterPriority); // PV2-25 CWE[CodeableConcept]
        if (pv2[38].HasValue) // PV2-38 CWE[Coding]
            Cwe.ToCoding(encounter.Extension(ModeOfArrival).Object("valueCoding"), pv2[38], TableMaps.ModeOfArrivalCode);
        pv2.Mapping.Resources.Nulls(encounter, pv2, Nulls);
    }
}
