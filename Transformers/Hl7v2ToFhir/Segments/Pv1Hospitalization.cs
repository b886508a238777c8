using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PV1[Encounter], what goes to Encounter.hospitalization.</summary>
internal static class Pv1Hospitalization
{
    public static void Map(SegmentValue pv1, FhirNode encounter)
    {
        var stay = encounter.Object("hospitalization");
        if (pv1[5].HasValue) Cx.ToIdentifier(stay.Object("preAdmissionIdentifier"), pv1[5]); // PV1-5 CX[Identifier]
        stay.SetConcept("reAdmission", pv1[13], TableMaps.ReadmissionIndicator); // PV1-13 CWE[CodeableConcept]
        stay.SetConcept("admitSource", pv1[14]); // PV1-14 CWE[CodeableConcept]
        stay.AddConcepts("specialArrangement", pv1[15], TableMaps.AmbulatoryStatus); // PV1-15 CWE[CodeableConcept]
        stay.AddConcepts("specialCourtesy", pv1[16], TableMaps.VIPIndicator); // PV1-16 CWE[CodeableConcept]
        stay.SetConcept("dischargeDisposition", pv1[36], TableMaps.DischargeDisposition); // PV1-36 CWE[CodeableConcept]
        stay.Refer("destination", Destination(pv1[37])); // PV1-37 DLD[Location-Discharge]
        stay.AddConcepts("dietPreference", pv1[38], TableMaps.DietType); // PV1-38 CWE[CodeableConcept]
    }

    private static FhirNode Destination(Value dld)
    {
        if (!dld[1].HasValue) return default;
        var resources = dld.Mapping.Resources;
        var location = resources.BeginMentioned("Location");
        var code = dld[1];
        location.Item("identifier").SetText("value", code[1]); // DLD.1
        if (!location.SetText("name", code[2])) location.SetText("name", code[1]);
        return resources.Share(location, resources.Key("Location").Add("discharge").Add(code[1]).Add(code[3]));
    }
}
