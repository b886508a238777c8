using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

/// <summary>ORC[Immunization].</summary>
internal static class OrcImmunization
{
    public static void Identifiers(FhirNode dose, SegmentValue orc)
    {
        dose.AddIdentifier("identifier", orc[2], "PLAC"); // ORC-2 EI[Identifier-Extension]
        if (ImmunizationKey.IsNumber(orc[3])) dose.AddIdentifier("identifier", orc[3], "FILL"); // ORC-3 EI[Identifier-Extension]
        else orc[3].Note(CarryReason.NoNumber);
        var (placer, filler) = Eip.OfGroup(orc[4].First);
        dose.AddIdentifier("identifier", placer, "PGN"); // ORC-4 EIP[Identifier-PlacerAssignedIdentifier]
        dose.AddIdentifier("identifier", filler, "FGN"); // ORC-4 EIP[Identifier-FillerAssignedIdentifier]
        if (orc[28].HasValue) Cwe.ToCoding(dose.Object("meta").Item("security"), orc[28], TableMaps.ConfidentialityCode); // ORC-28 CWE[Coding]
    }

    /// <summary>When it was written down: what the RXA says of itself goes before the order event.</summary>
    public static void Recorded(FhirNode dose, SegmentValue orc, SegmentValue rxa)
    {
        if (rxa[21].First.Is("A"u8) && dose.SetDateTime("recorded", rxa[22])) return; // RXA-22 IF RXA-21 EQUALS "A"
        if (!dose.SetDateTime("recorded", orc[9])) dose.SetDateTime("recorded", rxa[22]); // ORC-9 recorded
    }

    public static void Orderer(FhirNode dose, SegmentValue orc)
    {
        if (orc[12].HasValue) RxaMedicationAdministration.AddPerformer(dose, OrderServiceRequest.Requester(orc, default), "OP"); // ORC-12 XCN[PractitionerRole]
    }
}
