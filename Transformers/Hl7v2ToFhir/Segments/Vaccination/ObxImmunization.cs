using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

/// <summary>
/// OBX behind an RXA (VXU_V04.ORDER.OBSERVATION): what R4 Immunization has elements for goes there, by the LOINC codes of the CDC
/// implementation guide 1.5 (appendix A, NIP003); all else is an Observation that is part of the dose.
/// </summary>
internal static class ObxImmunization
{
    private const string FundingSource = "30963-3";
    private const string ProgramEligibility = "64994-7";
    private const string Indication = "59785-6";
    private const string Comment = "48767-8";
    private const string Reaction = "31044-1";
    private const string DoseNumber = "30973-2";
    private const string SeriesName = "59780-7";
    private const string SeriesDoses = "59782-3";
    private const string Schedule = "59779-9";
    private const string VaccineType = "30956-7";
    private const string DocumentType = "69764-9";
    private const string PublicationDate = "29768-9";
    private const string PresentationDate = "29769-7";

    /// <param name="dose">The Immunization.</param>
    /// <param name="observe">Makes an Observation of an OBX that has no element.</param>
    public static void Map(FhirNode dose, ObxGroup group, Func<SegmentValue, FhirNode> observe)
    {
        HashSet<int> told = [];
        Education(dose, group, told);
        Protocol(dose, group, told);
        foreach (var obx in group.Segments)
        {
            if (told.Contains(obx.Index) || Element(dose, obx)) continue;
            var observation = observe(obx);
            if (ObxGroup.Loinc(obx) != Reaction) continue;
            var reaction = dose.Item("reaction");
            reaction.Refer("detail", observation); // OBX-3 reaction.detail
            reaction.SetDateTime("date", obx[14]); // OBX-14 reaction.date
        }
    }

    /// <summary>The OBX stands for an element: number, type and code of it say nothing more.</summary>
    internal static void Consume(SegmentValue obx)
    {
        obx[1].Drop(DropRule.SetId);
        obx[2].Drop(DropRule.ValueType);
        obx[3].Drop(DropRule.NamesElement);
        obx[4].Drop(DropRule.SetId);
    }

    private static bool Element(FhirNode dose, SegmentValue obx)
    {
        if (!obx[5].HasValue) return false;
        switch (ObxGroup.Loinc(obx))
        {
            case FundingSource when !dose.Has("fundingSource"):
                dose.SetConcept("fundingSource", obx[5]); // OBX-5 fundingSource
                break;
            case ProgramEligibility:
                dose.AddConcepts("programEligibility", obx[5]); // OBX-5 programEligibility
                break;
            case Indication:
                dose.AddConcepts("reasonCode", obx[5]); // OBX-5 reasonCode
                break;
            case Comment:
                dose.Item("note").SetLines("text", obx[5]); // OBX-5 note.text
                break;
            default:
                return false;
        }

        Consume(obx);
        return true;
    }

    // R4 (imm-1) has no education without its document.
    private static void Education(FhirNode dose, ObxGroup group, HashSet<int> told)
    {
        if (!group.HasAny(DocumentType, PublicationDate, PresentationDate)) return;
        var document = group.Has(DocumentType) ? group[DocumentType] : group[VaccineType];
        if (!document.Exists || !document[5].HasValue) return;
        var education = dose.Item("education");
        Cwe.SetString(education, "documentType", document[5]); // OBX-5 education.documentType
        education.SetDateTime("publicationDate", group[PublicationDate][5]); // OBX-5 education.publicationDate
        education.SetDateTime("presentationDate", group[PresentationDate][5]); // OBX-5 education.presentationDate
        foreach (var obx in new[] { document, group[PublicationDate], group[PresentationDate] }) Told(obx, told);
    }

    // R4 has no protocol without the number of the dose.
    private static void Protocol(FhirNode dose, ObxGroup group, HashSet<int> told)
    {
        var number = group[DoseNumber];
        if (!number.Exists || !number[5].HasValue) return;
        var protocol = dose.Item("protocolApplied");
        Cwe.SetString(protocol, "series", group[SeriesName][5]); // OBX-5 protocolApplied.series
        protocol.Refer("authority", CweOrganization.Map(group[Schedule][5])); // OBX-5 protocolApplied.authority
        SetNumber(protocol, "doseNumber", number[5]); // OBX-5 protocolApplied.doseNumberPositiveInt
        SetNumber(protocol, "seriesDoses", group[SeriesDoses][5]); // OBX-5 protocolApplied.seriesDosesPositiveInt
        foreach (var obx in new[] { number, group[SeriesName], group[Schedule], group[SeriesDoses] }) Told(obx, told);
    }

    /// <summary>A positive whole number, or what the sender wrote in its place.</summary>
    internal static void SetNumber(FhirNode node, string name, Value value)
    {
        if (value.HasValue && !node.SetPositiveInteger($"{name}PositiveInt", value[1])) Cwe.SetString(node, $"{name}String", value);
    }

    private static void Told(SegmentValue obx, HashSet<int> told)
    {
        if (obx.Exists && told.Add(obx.Index)) Consume(obx);
    }
}
