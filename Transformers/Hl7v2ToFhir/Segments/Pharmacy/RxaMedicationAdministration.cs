using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// ORC[MedicationAdministration]. RXA as MedicationAdministration: what was given, or was not, and why (HL7 v2.8.2 4A.4.7; no official
/// map, in the style of RXA[Immunization]).
/// </summary>
internal static class RxaMedicationAdministration
{
    /// <param name="group">Its request is mapped already.</param>
    public static void Map(PharmacyGroup group, PharmacyPart part)
    {
        var (mapping, orc, rxa) = (group.Mapping, group.Orc, part.Segment);
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return;
        var given = mapping.Resources.Begin("MedicationAdministration", SharingCategory.DiagnosesProceduresMedications, WriteMode.Merge);
        // With the time, for senders count every giving of an order as the first.
        mapping.Resources.Own(given, MedicationKey.OfAct(mapping, "MedicationAdministration", orc, default, rxa[1], rxa[2], rxa[3]));
        part.Resource = given;
        rxa[1].Drop(DropRule.SetId);
        rxa[2].Drop(DropRule.SetId);
        if (orc.Exists) OrderServiceRequest.Identifiers(given, orc, default); // ORC-2 ORC-3 EI[Identifier-Extension]
        foreach (var tag in rxa[29]) // RXA-29 identifier
        {
            if (tag.HasValue) Ei.ToIdentifier(given.Item("identifier"), tag);
        }

        AdministrationStatus.Set(given, rxa, "unknown"); // RXA-20 RXA-21 status
        given.AddConcepts("statusReason", rxa[18]); // RXA-18 statusReason
        PharmacyOrderType.SetCategory(given, rxa[26]); // RXA-26 category
        DrugMedication.Map(given, given, "medication", DrugFields.Of(rxa), part.Components); // RXA-5 medication[x]
        mapping.ReferToSubject(given, "subject");
        given.Refer("context", mapping.Encounter);
        When(given, rxa);
        foreach (var person in rxa[10]) AddPerformer(given, Xcn.ToPractitioner(person), "AP"); // RXA-10 XCN[Practitioner]
        AddPerformer(given, Xcn.ToPractitioner(orc[12]), "OP"); // ORC-12 XCN[Practitioner]
        given.AddConcepts("reasonCode", rxa[19]); // RXA-19 reasonCode
        given.Refer("request", group.Request);
        Device(given, part);
        Instructions.Note(given, rxa[9]); // RXA-9 note
        Dosage(given, part);
        if (orc[28].HasValue) Cwe.ToCoding(given.Object("meta").Item("security"), orc[28], TableMaps.ConfidentialityCode); // ORC-28 CWE[Coding]
    }

    /// <summary>Adds who took part, with a function of HL7 table 0443.</summary>
    internal static void AddPerformer(FhirNode resource, FhirNode practitioner, string function)
    {
        if (!practitioner.Populated) return;
        var performer = resource.Item("performer");
        performer.ConstantObject("function").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0443").Constant("code", function);
        performer.Refer("actor", practitioner);
    }

    private static void When(FhirNode given, SegmentValue rxa)
    {
        var (start, end) = (rxa[3], rxa[4]);
        if (end.HasValue && !end.First.Is(start.First.Utf8))
        {
            given.Object("effectivePeriod").SetDateTime("start", start); // RXA-3 effectivePeriod.start
            given.Object("effectivePeriod").SetDateTime("end", end); // RXA-4 effectivePeriod.end
        }
        else if (!given.SetDateTime("effectiveDateTime", start)) // RXA-3 effectiveDateTime
        {
            // R4 MedicationAdministration.effective is 1..1.
            AbsentData.Set(given.Object("_effectiveDateTime"));
        }
        else
        {
            end.Drop(DropRule.SameAsOther);
        }
    }

    // R4 (mad-1) has no dosage without a dose or a rate.
    private static void Dosage(FhirNode given, PharmacyPart part)
    {
        var rxa = part.Segment;
        var recorded = Numbers.IsDecimal(rxa[6].First.Utf8) && !AdministrationStatus.IsUnrecorded(rxa[6], rxa[7]);
        if (!recorded)
        {
            foreach (var rxr in part.Routes)
            {
                if (rxr[1].HasValue) Cwe.SetString(given.Item("note"), "text", rxr[1]); // RXR-1 note.text
            }

            return;
        }

        var dosage = given.Object("dosage");
        Quantities.SetNumber(dosage.Object("dose"), rxa[6], Unit.Of(rxa[7])); // RXA-6 dosage.dose.value RXA-7 dosage.dose.unit
        if (part.Routes.Count > 0) RxrDosage.MapGiven(dosage, part.Routes[0]);
        if (DoseAndRate.IsTime(rxa[12])) DoseAndRate.Rate(dosage, rxa[6], rxa[7], rxa[12]); // RXA-12 dosage.rate
    }

    private static void Device(FhirNode given, PharmacyPart part)
    {
        foreach (var rxr in part.Routes)
        {
            if (rxr[3].HasValue) Cwe.SetString(given.Item("device").Constant("type", "Device"), "display", rxr[3]); // RXR-3 device
        }
    }
}
