using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>RXO[MedicationRequest]: the order as it was given (HL7 v2.8.2 4A.4.1).</summary>
internal static class RxoMedicationRequest
{
    /// <param name="resource">The resource that holds contained ones.</param>
    /// <param name="request">The MedicationRequest: the same, or one that it contains.</param>
    /// <param name="drug">Id of the contained Medication.</param>
    public static void Map(FhirNode resource, FhirNode request, PharmacyPart part, FieldValue oldTiming, string drug)
    {
        var rxo = part.Segment;
        Intent(request, rxo[31].First[1]);
        DrugMedication.Map(resource, request, drug, DrugFields.Of(rxo), part.Components, rxo[6].HasValue ? rxo[6] : rxo[7]); // RXO-1 medication(Medication.code) RXO-5 medication(Medication.doseForm)
        PharmacyOrderType.AddCategory(request, rxo[27]); // RXO-27 category
        request.AddConcepts("reasonCode", rxo[20]); // RXO-20 reasonCode
        Instructions.Note(request, rxo[6]); // RXO-6 note
        Dosages(request, part, oldTiming);
        Dispensing(request, rxo);
        Substitution.Concept(request.Object("substitution"), "allowedCodeableConcept", rxo[9], "v2-0161"); // RXO-9 substitution.allowedCodeableConcept
    }

    private static void Dosages(FhirNode request, PharmacyPart part, FieldValue oldTiming)
    {
        var rxo = part.Segment;
        var dosages = Tq1Dosage.Map(request, "dosageInstruction", part.Timings, oldTiming);
        foreach (var dosage in dosages)
        {
            var dose = DoseAndRate.Amount(dosage, rxo[2], rxo[3], rxo[4], "ordered"); // RXO-2 dosageInstruction.doseAndRate[1].type RXO-3 RXO-4
            DoseAndRate.Rate(dose, rxo[21], rxo[22], rxo[17]); // RXO-21 RXO-22 RXO-17 doseAndRate.rate
            DoseAndRate.Daily(dosage, rxo[23]); // RXO-23 dosageInstruction.maxDosePerPeriod
            RxrDosage.Map(dosage, part.Routes);
            foreach (var limit in part.Limits) CdoDosage.Map(dosage, limit);
        }

        Instructions.Dosage(dosages[0], rxo[7]); // RXO-7 dosageInstruction.text
        foreach (var infusion in part.Infusions) RxvDosage.Map(request, infusion);
    }

    private static void Dispensing(FhirNode request, SegmentValue rxo)
    {
        var dispensing = request.Object("dispenseRequest");
        if (Numbers.IsDecimal(rxo[11].First.Utf8)) Quantities.SetNumber(dispensing.Object("quantity"), rxo[11], Unit.Of(rxo[12])); // RXO-11 dispenseRequest.quantity.value RXO-12 dispenseRequest.quantity.unit
        dispensing.SetUnsignedInteger("numberOfRepeatsAllowed", rxo[13]); // RXO-13 dispenseRequest.numberOfRepeatsAllowed
        if (Numbers.IsDecimal(rxo[28].First.Utf8)) // RXO-28 dispenseRequest.dispenseInterval
        {
            var interval = dispensing.Object("dispenseInterval");
            interval.SetDecimal("value", rxo[28]);
            interval.Constant("unit", "d").Constant("system", "http://unitsofmeasure.org").Constant("code", "d");
        }

        dispensing.Refer("performer", CweOrganization.Map(rxo[32], rxo[33], rxo[36])); // RXO-32 dispenseRequest.performer RXO-33 XAD[Address] RXO-36 XTN[ContactPoint]
        if (rxo[10].HasValue && rxo[10].First[1].Is(rxo[1].First[1].Utf8)) rxo[10].Drop(DropRule.SameAsOther);
    }

    // HL7 table 0725: an RXO that states no mood is an order as it was given.
    private static void Intent(FhirNode request, Value mood)
    {
        var intent = mood.Text switch { "PRP" => "proposal", "INT" => "plan", "RQO" => "order", "OPT" => "option", _ => null };
        if (intent is null) request.Constant("intent", "original-order"); // RXO intent="original-order"
        else request.Set("intent", intent, mood.Leaf); // RXO-31 intent
    }
}
