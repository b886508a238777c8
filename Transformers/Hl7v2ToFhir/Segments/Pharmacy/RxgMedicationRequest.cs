using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// RXG as MedicationRequest with the intent instance-order: one giving that the pharmacy lays out under the order (HL7 v2.8.2 4A.4.6; no
/// official map). FHIR knows no administration that is still to come, but an order for a single act.
/// </summary>
internal static class RxgMedicationRequest
{
    /// <param name="group">Its request is mapped already.</param>
    public static void Map(PharmacyGroup group, PharmacyPart part)
    {
        var (mapping, rxg) = (group.Mapping, part.Segment);
        var give = mapping.Resources.Begin("MedicationRequest", SharingCategory.DiagnosesProceduresMedications, WriteMode.Merge);
        mapping.Resources.Own(give, MedicationKey.OfAct(mapping, "MedicationRequest", group.Orc, default, rxg[1], rxg[2]).Add("give"));
        part.Resource = give;
        rxg[1].Drop(DropRule.SetId);
        rxg[2].Drop(DropRule.SetId);
        foreach (var tag in rxg[31]) // RXG-31 identifier
        {
            if (tag.HasValue) Ei.ToIdentifier(give.Item("identifier"), tag);
        }

        give.ReferItem("basedOn", group.Request);
        RequestStatus.Set(give, group.Orc);
        give.Constant("intent", "instance-order");
        PharmacyOrderType.AddCategory(give, rxg[26]); // RXG-26 category
        DrugMedication.Map(give, give, "medication", DrugFields.Of(rxg), part.Components); // RXG-4 medication[x]
        mapping.ReferToSubject(give, "subject");
        give.Refer("encounter", mapping.Encounter);
        give.AddConcepts("reasonCode", rxg[22]); // RXG-22 reasonCode
        Instructions.Note(give, rxg[9]); // RXG-9 note
        Dosages(give, part, group);
        give.Object("dispenseRequest").Refer("performer", CweOrganization.Map(rxg[27], rxg[28])); // RXG-27 dispenseRequest.performer RXG-28 XAD[Address]
        Substitution.Concept(give.Object("substitution"), "allowedCodeableConcept", rxg[10], "v2-0167"); // RXG-10 substitution.allowedCodeableConcept
    }

    private static void Dosages(FhirNode give, PharmacyPart part, PharmacyGroup group)
    {
        var rxg = part.Segment;
        var timings = part.Timings.Count > 0 || rxg[3].HasValue ? part.Timings : group.Timings;
        var dosages = Tq1Dosage.Map(give, "dosageInstruction", timings, rxg[3]); // RXG-3 TQ[MedicationRequest]
        foreach (var dosage in dosages)
        {
            var dose = DoseAndRate.Amount(dosage, rxg[5], rxg[6], rxg[7], null); // RXG-5 RXG-6 RXG-7 doseAndRate.dose
            DoseAndRate.Rate(dose, rxg[15], rxg[16], rxg[14]); // RXG-15 RXG-16 RXG-14 doseAndRate.rate
            RxrDosage.Map(dosage, part.Routes);
        }

        Instructions.Dosage(dosages[0], rxg[13]); // RXG-13 dosageInstruction.text
        foreach (var infusion in part.Infusions) RxvDosage.Map(give, infusion);
    }
}
