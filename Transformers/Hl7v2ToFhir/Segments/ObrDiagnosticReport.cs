using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>OBR[DiagnosticReport] and ORC[DiagnosticReport].</summary>
internal static class ObrDiagnosticReport
{
    private const string PerformerFunction = "http://hl7.org/fhir/StructureDefinition/event-performerFunction";

    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls = [(7, "effective"), (22, "issued"), (24, "category"), (32, "resultsInterpreter"), (34, "performer"), (35, "performer")];

    public static FhirNode Map(OrderGroup group)
    {
        var (mapping, orc, obr) = (group.Mapping, group.Orc, group.Obr);
        var interpreters = Persons(obr[32]); // OBR-32 NDL[PractitionerRole]
        var report = mapping.Resources.Begin("DiagnosticReport", group.Section.Category, WriteMode.Merge);
        mapping.Resources.Own(report, group.PartKey("DiagnosticReport"));
        group.Report = report;

        obr[1].Drop(DropRule.SetId);
        OrderServiceRequest.Identifiers(report, orc, obr); // ORC-2 ORC-3 OBR-2 OBR-3 EI[Identifier-Extension]
        report.ReferItem("basedOn", group.Request);
        ResultStatus.SetReportStatus(report, obr[25]); // OBR-25 status
        if (obr[24].HasValue) Cwe.ToCodeableConcept(report.Item("category"), obr[24], TableMaps.DiagnosticServiceSectionID); // OBR-24 ID[CodeableConcept]
        report.SetConcept("code", obr[4]); // OBR-4 CWE[CodeableConcept]
        // R4 DiagnosticReport.code is 1..1.
        if (!report.Has("code")) report.Object("code").Set("text", "Report");
        mapping.ReferToSubject(report, "subject");
        report.Refer("encounter", mapping.Encounter);
        Effective(report, obr); // OBR-7 OBR-8 effective
        report.SetInstant("issued", obr[22]); // OBR-22 issued
        foreach (var interpreter in interpreters) report.ReferItem("resultsInterpreter", interpreter);
        foreach (var assistant in obr[33]) report.ReferItem("resultsInterpreter", Ndl.ToPractitioner(assistant)); // OBR-33 NDL[PractitionerRole]
        Performers(report, obr[34], "SPRF"); // OBR-34 NDL[PractitionerRole]
        Performers(report, obr[35], "TRANS"); // OBR-35 NDL[PractitionerRole]
        if (orc[16].HasValue) report.Extension("http://hl7.org/fhir/StructureDefinition/event-statusReason").SetConcept("valueCodeableConcept", orc[16]); // ORC-16 extension[1]
        mapping.Resources.Nulls(report, obr, Nulls);
        return report;
    }

    /// <summary>OBR-7 and OBR-8 as effective[x].</summary>
    public static void Effective(FhirNode node, SegmentValue obr)
    {
        if (!obr[8].HasValue)
        {
            node.SetDateTime("effectiveDateTime", obr[7]); // OBR-7 IF OBR-8 NOT VALUED
            return;
        }

        var period = node.Object("effectivePeriod");
        period.SetDateTime("start", obr[7]); // OBR-7 IF OBR-8 VALUED
        period.SetDateTime("end", obr[8]); // OBR-8 effectivePeriod.end
    }

    private static List<FhirNode> Persons(FieldValue field)
    {
        List<FhirNode> persons = [];
        foreach (var ndl in field)
        {
            if (Ndl.ToPractitioner(ndl) is { Populated: true } person) persons.Add(person);
        }

        return persons;
    }

    private static void Performers(FhirNode report, FieldValue field, string function)
    {
        foreach (var ndl in field)
        {
            var reference = report.ReferItem("performer", Ndl.ToPractitioner(ndl));
            if (!reference.Exists) continue;
            reference.ConstantItem("extension").Constant("url", PerformerFunction).ConstantObject("valueCodeableConcept").ConstantItem("coding")
                .Constant("system", "http://terminology.hl7.org/CodeSystem/v3-ParticipationType").Constant("code", function);
        }
    }
}
