using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// RXV as Dosage: bolus and patient-controlled doses of an infusion (HL7 v2.8.2 4A.4.9; no official map). Each is a Dosage of its own
/// beside that of the infusion; the most that may be given limits it. Syringe and lockout interval have no element and are carried.
/// </summary>
internal static class RxvDosage
{
    public static void Map(FhirNode request, SegmentValue rxv)
    {
        rxv[1].Drop(DropRule.SetId);
        Dose(request, rxv[2], rxv[3], rxv[4], rxv[5], rxv[6], "HL70917"); // RXV-2 RXV-3 RXV-4 RXV-5 RXV-6 bolus
        var controlled = Dose(request, rxv[7], rxv[8], rxv[9], rxv[10], rxv[11], "HL70918"); // RXV-7 RXV-8 RXV-9 RXV-10 RXV-11 patient-controlled
        if (!controlled.Populated) return;
        if (Numbers.IsDecimal(rxv[12].First.Utf8)) Quantities.SetNumber(controlled.Object("maxDosePerAdministration"), rxv[12], Unit.Of(rxv[13])); // RXV-12 RXV-13 maxDosePerAdministration
    }

    private static FhirNode Dose(FhirNode request, FieldValue kind, FieldValue amount, FieldValue units, FieldValue volume, FieldValue volumeUnits, string table)
    {
        var dosage = request.Item("dosageInstruction");
        var code = kind.First[1];
        if (code.Leaf >= 0)
        {
            var instruction = dosage.Item("additionalInstruction");
            if (kind.First.PartCount > 1) Cwe.ToCodeableConcept(instruction, kind);
            else instruction.Item("coding").Constant("system", $"http://terminology.hl7.org/CodeSystem/v2-{table[3..]}").SetCode("code", code);
        }

        if (amount.HasValue) DoseAndRate.Amount(dosage, amount, default, units, null);
        if (volume.HasValue) DoseAndRate.Amount(dosage, volume, default, volumeUnits, null);
        return dosage;
    }
}
