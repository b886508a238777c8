using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

/// <summary>RXA[Immunization], RXR[Immunization] and ORC[Immunization]: a dose given, told of, refused or taken back.</summary>
internal static class RxaImmunization
{
    /// <returns>No node where the dose would be about nobody (R4: patient is 1..1).</returns>
    public static FhirNode Map(VaccinationGroup group)
    {
        var (mapping, orc, rxa) = (group.Mapping, group.Orc, group.Rxa);
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return default;
        var dose = mapping.Resources.Begin("Immunization", SharingCategory.BirthAndImmunisation, WriteMode.Merge);
        mapping.Resources.Own(dose, ImmunizationKey.Of(mapping, orc, rxa));
        rxa[1].Drop(DropRule.SetId);
        rxa[2].Drop(DropRule.SetId);
        OrcImmunization.Identifiers(dose, orc);
        foreach (var tag in rxa[29]) // RXA-29 identifier
        {
            if (tag.HasValue) Ei.ToIdentifier(dose.Item("identifier"), tag);
        }

        Status(dose, rxa);
        Vaccine(dose, rxa[5]);
        mapping.ReferToSubject(dose, "patient");
        dose.Refer("encounter", mapping.Encounter);
        When(dose, rxa);
        OrcImmunization.Recorded(dose, orc, rxa);
        HistoricalSource.Map(dose, rxa[9]); // RXA-9 primarySource
        dose.Refer("location", Place(rxa)); // RXA-27 PL[Location] RXA-28 XAD[Address]
        Product(dose, rxa);
        if (group.Rxr.Exists) RxrDosage.RouteAndSite(dose, group.Rxr); // RXR-1 route RXR-2 site
        if (Numbers.IsDecimal(rxa[6].First.Utf8) && !AdministrationStatus.IsUnrecorded(rxa[6], rxa[7]))
            Quantities.SetNumber(dose.Object("doseQuantity"), rxa[6], Unit.Of(rxa[7])); // RXA-6 doseQuantity.value RXA-7 CWE[Quantity]
        foreach (var person in rxa[10]) RxaMedicationAdministration.AddPerformer(dose, Xcn.ToPractitioner(person), "AP"); // RXA-10 XCN[Practitioner]
        OrcImmunization.Orderer(dose, orc);
        dose.AddConcepts("reasonCode", rxa[19]); // RXA-19 reasonCode
        return dose;
    }

    private static void Status(FhirNode dose, SegmentValue rxa)
    {
        AdministrationStatus.Set(dose, rxa, unclear: null); // RXA-20 CompletionStatus RXA-21 status
        rxa[18].MapFirst(reason => dose.SetConcept("statusReason", reason)); // RXA-18 statusReason
        var completion = rxa[20].First;
        if (!completion.Is("PA"u8)) return;
        // R4 has no status for a dose of which a part was given, but says that it may not work in full.
        dose.Set("isSubpotent", true, completion.Leaf);
        dose.ConstantItem("subpotentReason").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/immunization-subpotent-reason").Constant("code", "partial");
    }

    private static void Vaccine(FhirNode dose, Value code)
    {
        if (!code.HasValue) AbsentData.Set(dose.Object("vaccineCode"));
        else if (code[1].Leaf < 0 && code[4].Leaf < 0) dose.Object("vaccineCode").SetJoined("text", "\n"u8, code[9].HasValue ? code[9] : code[2]);
        else dose.SetConcept("vaccineCode", code); // RXA-5 vaccineCode
    }

    private static void When(FhirNode dose, SegmentValue rxa)
    {
        if (!dose.SetDateTime("occurrenceDateTime", rxa[3])) dose.Constant("occurrenceString", "unknown"); // RXA-3 occurrenceDateTime
        if (rxa[4].First.Is(rxa[3].First.Utf8)) rxa[4].Drop(DropRule.SameAsOther);
        else rxa[4].Note(CarryReason.NoRoom);
    }

    private static void Product(FhirNode dose, SegmentValue rxa)
    {
        rxa[17].MapFirst(maker => dose.Refer("manufacturer", CweOrganization.Map(maker))); // RXA-17 CWE[Organization]
        rxa[15].MapFirst(lot => dose.SetText("lotNumber", lot)); // RXA-15 lotNumber
        rxa[16].MapFirst(expiry => dose.SetDate("expirationDate", expiry)); // RXA-16 expirationDate
    }

    // Before v2.6 the place stands in RXA-11, an LA2.
    private static FhirNode Place(SegmentValue rxa) => La2.ToLocation(rxa[27].HasValue ? rxa[27] : rxa[11], rxa[28]); // RXA-27 location[1](Location) RXA-28 location[1](Location.address)
}
