using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// RXO[MedicationRequest], as far as it says what the drug is; and RXE, RXD, RXG and RXA in the same way, after FHIR R4's own mapping of
/// Medication to HL7 v2. A code or text alone is medicationCodeableConcept; with form, strength, batch or components it is a contained
/// Medication, so that whoever reads the prescription reads the drug with it.
/// </summary>
internal static class DrugMedication
{
    /// <param name="resource">The resource that holds the contained Medication.</param>
    /// <param name="user">Where medication[x] goes: the resource itself, or one that it contains.</param>
    /// <param name="id">Id of the contained Medication.</param>
    /// <param name="text">What says in words what a drug without code is: a compound or a Chinese medicine formula.</param>
    public static void Map(FhirNode resource, FhirNode user, string id, DrugFields drug, List<SegmentValue> components, FieldValue text = default)
    {
        if (!drug.NeedsMedication && components.Count == 0)
        {
            if (drug.Code.HasValue) Name(user.Object("medicationCodeableConcept"), drug.Code, drug.More);
            else if (text.HasValue) user.Object("medicationCodeableConcept").SetJoined("text", "\n"u8, text.All);
            else AbsentData.Set(user.Object("medicationCodeableConcept"));
            return;
        }

        var medication = Begin(resource, id);
        user.Object("medicationReference").Set("reference", $"#{id}");
        if (drug.Code.HasValue) Name(medication.Object("code"), drug.Code, drug.More); // RXO-1 medication(Medication.code) RXE-2 RXD-2 RXG-4 RXA-5
        else if (text.HasValue) medication.Object("code").SetJoined("text", "\n"u8, text.All);
        medication.SetConcept("form", drug.Form); // RXO-5 medication(Medication.doseForm) RXE-6 RXD-6 RXG-8 RXA-8
        Strength(medication, drug);
        Batch(medication, drug);
        for (var at = 0; at < components.Count; at++) RxcIngredient.Map(resource, medication, components[at], $"{id}-component-{at + 1}");
    }

    /// <summary>A contained Medication.</summary>
    internal static FhirNode Begin(FhirNode resource, string id) => resource.Item("contained").Set("resourceType", "Medication").Set("id", id);

    /// <summary>The drug as the one ingredient of itself, with its strength: so many units in so much volume, or in one piece.</summary>
    internal static void Strength(FhirNode medication, DrugFields drug)
    {
        Value strength = drug.Strength;
        if (strength.Leaf < 0) return;
        if (!Numbers.IsDecimal(strength.Utf8))
        {
            strength.Note(CarryReason.NotANumber);
            return;
        }

        var ingredient = medication.Item("ingredient");
        if (drug.Code.HasValue) Name(ingredient.Object("itemCodeableConcept"), drug.Code, default);
        else AbsentData.Set(ingredient.Object("itemCodeableConcept"));
        Ratio(ingredient.Object("strength"), strength, drug.StrengthUnits, drug.Volume, drug.VolumeUnits);
    }

    /// <summary>A strength. R4 (rat-1) asks for a denominator: where none is sent, it is one piece of the product.</summary>
    internal static void Ratio(FhirNode ratio, Value amount, Value units, Value volume, Value volumeUnits)
    {
        Quantities.SetNumber(ratio.Object("numerator"), amount, Unit.Of(units)); // RXO-18 medicationReference(Medication.ingredient.strength.numerator.value RXO-19 medicationReference(Medication.ingredient.strength.numerator.unit
        if (Numbers.IsDecimal(volume.Utf8)) Quantities.SetNumber(ratio.Object("denominator"), volume, Unit.Of(volumeUnits)); // RXO-25 medicationReference(Medication.ingredient.strength.denominator.value RXO-26 medicationReference(Medication.ingredient.strength.denominator.unit
        else ratio.ConstantObject("denominator").ConstantJson("value", "1");
    }

    // A drug of several batches has one place for them.
    private static void Batch(FhirNode medication, DrugFields drug)
    {
        var batch = medication.Object("batch");
        drug.Lot.MapFirst(lot => batch.SetText("lotNumber", lot)); // RXD-18 RXG-19 RXA-15 batch.lotNumber
        drug.Expiry.MapFirst(expiry => batch.SetDateTime("expirationDate", expiry)); // RXD-19 RXG-20 RXA-16 batch.expirationDate
        drug.Manufacturer.MapFirst(maker => medication.Refer("manufacturer", CweOrganization.Map(maker))); // RXD-20 RXG-21 RXA-17 manufacturer
        if (!drug.Instance.HasValue) return;
        var identifier = medication.Item("identifier");
        if (drug.Instance.First[3].Leaf >= 0 && drug.Instance.First.PartCount == 3) // RXO-29 RXG-25 RXA-25 identifier
        {
            identifier.SetText("value", drug.Instance.First[1]);
            Cwe.SetSystem(identifier, "system", drug.Instance.First[3]);
        }
        else
        {
            Ei.ToIdentifier(identifier, drug.Instance);
        }
    }

    private static void Name(FhirNode concept, Value code, FieldValue more)
    {
        // A name without any code is text: a coding would only look like one.
        if (code[1].Leaf < 0 && code[4].Leaf < 0) concept.SetJoined("text", "\n"u8, code[9].HasValue ? code[9] : code[2]);
        else Cwe.ToCodeableConcept(concept, code);
        foreach (var other in more) Cwe.ToCodeableConcept(concept, other); // RXO-24 RXE-31 RXD-25
    }
}
