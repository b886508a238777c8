using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// RXE as MedicationRequest: the order as the pharmacy encoded it, or an outpatient prescription (HL7 v2.8.2 4A.4.4; no official map, in
/// the style of RXO[MedicationRequest]).
/// </summary>
internal static class RxeMedicationRequest
{
    /// <param name="type">Code of dose-rate-type where an order as given stands beside it, else null.</param>
    public static void Map(FhirNode request, PharmacyPart part, FieldValue oldTiming, string? type)
    {
        var rxe = part.Segment;
        if (rxe[15].First.Leaf >= 0) // RXE-15 identifier
        {
            var prescription = request.Item("identifier");
            prescription.SetText("value", rxe[15]);
            prescription.ConstantText("system", LocalUri.Of(rxe.Mapping, "RXE-15"u8));
        }

        DrugMedication.Map(request, request, "medication", DrugFields.Of(rxe), part.Components);
        PharmacyOrderType.AddCategory(request, rxe[44]); // RXE-44 category
        request.AddConcepts("reasonCode", rxe[27]); // RXE-27 reasonCode
        Instructions.Note(request, rxe[21]); // RXE-21 note
        Dosages(request, part, oldTiming, type);
        Dispensing(request, rxe);
        Substitution.Concept(request.Object("substitution"), "allowedCodeableConcept", rxe[9], "v2-0167"); // RXE-9 substitution.allowedCodeableConcept
    }

    private static void Dosages(FhirNode request, PharmacyPart part, FieldValue oldTiming, string? type)
    {
        var rxe = part.Segment;
        var dosages = Tq1Dosage.Map(request, "dosageInstruction", part.Timings, rxe[1].HasValue ? rxe[1] : oldTiming); // RXE-1 TQ[MedicationRequest]
        if (part.Timings.Count > 0) rxe[1].Note(CarryReason.NoRoom);
        foreach (var dosage in dosages)
        {
            var dose = DoseAndRate.Amount(dosage, rxe[3], rxe[4], rxe[5], type); // RXE-3 RXE-4 RXE-5 doseAndRate.dose
            DoseAndRate.Rate(dose, rxe[23], rxe[24], rxe[22]); // RXE-23 RXE-24 RXE-22 doseAndRate.rate
            DoseAndRate.Daily(dosage, rxe[19]); // RXE-19 dosageInstruction.maxDosePerPeriod.numerator
            RxrDosage.Map(dosage, part.Routes);
            foreach (var limit in part.Limits) CdoDosage.Map(dosage, limit);
        }

        Instructions.Dosage(dosages[0], rxe[7]); // RXE-7 dosageInstruction.text
        foreach (var infusion in part.Infusions) RxvDosage.Map(request, infusion);
    }

    private static void Dispensing(FhirNode request, SegmentValue rxe)
    {
        var dispensing = request.Object("dispenseRequest");
        if (Numbers.IsDecimal(rxe[39].First.Utf8)) Quantities.SetNumber(dispensing.Object("initialFill").Object("quantity"), rxe[39], Unit.Of(rxe[11])); // RXE-39 dispenseRequest.initialFill.quantity
        if (Numbers.IsDecimal(rxe[10].First.Utf8)) Quantities.SetNumber(dispensing.Object("quantity"), rxe[10], Unit.Of(rxe[11])); // RXE-10 dispenseRequest.quantity.value RXE-11 dispenseRequest.quantity.unit
        dispensing.SetUnsignedInteger("numberOfRepeatsAllowed", rxe[12]); // RXE-12 dispenseRequest.numberOfRepeatsAllowed
        dispensing.Refer("performer", CweOrganization.Map(rxe[40], rxe[41], rxe[45])); // RXE-40 dispenseRequest.performer RXE-41 XAD[Address] RXE-45 XTN[ContactPoint]
    }
}
