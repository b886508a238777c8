using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>RXD as MedicationDispense: one issue of the order (HL7 v2.8.2 4A.4.5; no official map).</summary>
internal static class RxdMedicationDispense
{
    /// <param name="group">Its request is mapped already.</param>
    public static void Map(PharmacyGroup group, PharmacyPart part)
    {
        var (mapping, rxd) = (group.Mapping, part.Segment);
        var dispense = mapping.Resources.Begin("MedicationDispense", SharingCategory.DiagnosesProceduresMedications, WriteMode.Merge);
        mapping.Resources.Own(dispense, MedicationKey.OfAct(mapping, "MedicationDispense", group.Orc, rxd[7], rxd[1]));
        part.Resource = dispense;
        Numbers(dispense, rxd);
        RequestStatus.SetDispensed(dispense, group.Orc);
        PharmacyOrderType.SetCategory(dispense, rxd[32]); // RXD-32 category
        DrugMedication.Map(dispense, dispense, "medication", DrugFields.Of(rxd), part.Components); // RXD-2 medication[x]
        mapping.ReferToSubject(dispense, "subject");
        dispense.Refer("context", mapping.Encounter);
        Performers(dispense, rxd);
        dispense.ReferItem("authorizingPrescription", group.Request);
        // R4 has no reason for an issue, but for the order.
        if (group.Request.Exists && !group.Request.Has("reasonCode")) group.Request.AddConcepts("reasonCode", rxd[21]); // RXD-21 reasonCode
        if (rxd[33].HasValue) DispenseType(dispense.Object("type"), rxd[33]); // RXD-33 type
        if (Datatypes.Numbers.IsDecimal(rxd[4].First.Utf8)) Quantities.SetNumber(dispense.Object("quantity"), rxd[4], Unit.Of(rxd[5])); // RXD-4 quantity.value RXD-5 quantity.unit
        dispense.SetDateTime("whenHandedOver", rxd[3]); // RXD-3 whenHandedOver
        dispense.Refer("destination", La2.ToLocation(rxd[13])); // RXD-13 destination
        Instructions.Note(dispense, rxd[9]); // RXD-9 note
        Instructions.Note(dispense, rxd[15]); // RXD-15 note
        foreach (var dosage in Tq1Dosage.Map(dispense, "dosageInstruction", part.Timings))
        {
            DoseAndRate.Daily(dosage, rxd[12]); // RXD-12 dosageInstruction.maxDosePerPeriod
            RxrDosage.Map(dosage, part.Routes);
        }

        Substitution.Dispensed(dispense, rxd[11]); // RXD-11 substitution
    }

    private static void Numbers(FhirNode dispense, SegmentValue rxd)
    {
        if (rxd[7].First.Leaf >= 0) // RXD-7 identifier
        {
            var prescription = dispense.Item("identifier");
            prescription.SetText("value", rxd[7]);
            prescription.ConstantText("system", LocalUri.Of(rxd.Mapping, "RXD-7"u8));
        }

        foreach (var tag in rxd[35]) // RXD-35 identifier
        {
            if (tag.HasValue) Ei.ToIdentifier(dispense.Item("identifier"), tag);
        }

        rxd[1].Drop(DropRule.SetId);
    }

    private static void Performers(FhirNode dispense, SegmentValue rxd)
    {
        foreach (var person in rxd[10]) // RXD-10 performer.actor
        {
            if (Xcn.ToPractitioner(person) is { Populated: true } practitioner) dispense.Item("performer").Refer("actor", practitioner);
        }

        if (CweOrganization.Map(rxd[30], rxd[31], rxd[34]) is { Populated: true } pharmacy) dispense.Item("performer").Refer("actor", pharmacy); // RXD-30 performer.actor RXD-31 XAD[Address] RXD-34 XTN[ContactPoint]
    }

    // HL7 table 0484.
    private static void DispenseType(FhirNode type, Value cwe)
    {
        if (cwe.PartCount > 1) Cwe.ToCodeableConcept(type, cwe);
        else type.Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0484").SetCode("code", cwe[1]);
    }
}
