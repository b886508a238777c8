using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>ORC, OBR and SPM from ServiceRequest, DiagnosticReport and Specimen (HL7 v2.8.2 4.5.1, 7.4.1, 7.4.3).</summary>
internal static class OrderSegments
{
    public static void Common(MessageDraft draft, JsonElement request, string control)
    {
        var orc = draft.Add("ORC").Set(1, control);
        Numbers(orc, request);
        orc.SetEi(4, request.Get("requisition"));
        orc.SetMapped(5, request.Text("status"), TableMaps.OrderStatus);
        orc.SetTime(9, request.Text("authoredOn"));
        orc.SetPerson(12, draft.Source, request.Get("requester"));
        orc.SetOrganization(21, draft.Source, request.Get("requester"));
    }

    public static void Report(MessageDraft draft, JsonElement request, JsonElement report)
    {
        var source = draft.Source;
        var obr = draft.AddNumbered("OBR");
        var numbered = report.Exists() ? report : request;
        Numbers(obr, numbered);
        obr.SetConcept(4, numbered.Get("code"));
        obr.SetTime(6, request.Text("occurrenceDateTime"));
        obr.SetTime(7, report.Text("effectiveDateTime") ?? report.Get("effectivePeriod").Text("start")).SetTime(8, report.Get("effectivePeriod").Text("end"));
        obr.SetPerson(16, source, request.Get("requester"));
        if (report.Text("issued") is { } issued) obr.SetTime(22, issued);
        foreach (var category in report.Items("category")) obr.Set(24, category.First("coding").Text("code"));
        obr.Set(25, TableMaps.ResultStatusNonQueries.CodeFor(report.Text("status") ?? ""));
        obr.SetConcepts(31, request.Items("reasonCode"));
        foreach (var person in report.Items("resultsInterpreter")) Interpreter(obr, source, person);
    }

    public static void Specimen(MessageDraft draft, JsonElement specimen)
    {
        var spm = draft.AddNumbered("SPM");
        spm.SetEi(2, Cx.OfType(specimen, "PGN"), component: 1).SetEi(2, Cx.OfType(specimen, "FGN"), component: 2);
        spm.SetConcept(4, specimen.Get("type"), TableMaps.SpecimenType);
        spm.SetConcepts(6, specimen.Items("container").Select(container => container.Get("additiveCodeableConcept")), TableMaps.AdditivePreservative);
        var collection = specimen.Get("collection");
        spm.SetConcept(7, collection.Get("method"), TableMaps.SpecimenCollectionMethod).SetConcept(8, collection.Get("bodySite"), TableMaps.SpecimenSourceSite);
        spm.SetCq(12, collection.Get("quantity"));
        foreach (var note in specimen.Items("note")) spm.Set(14, note.Text("text"), repetition: spm.Repetitions(14));
        spm.SetTime(17, collection.Text("collectedDateTime") ?? collection.Get("collectedPeriod").Text("start")).SetTime(17, collection.Get("collectedPeriod").Text("end"), 2);
        spm.SetTime(18, specimen.Text("receivedTime"));
        spm.SetConcepts(24, specimen.Items("condition"), TableMaps.SpecimenCondition);
        spm.SetConcept(27, specimen.First("container").Get("type"), TableMaps.ContainerType);
        spm.SetCx(30, specimen.Get("accessionIdentifier"));
    }

    public static void Numbers(SegmentDraft segment, JsonElement resource)
    {
        segment.SetEi(2, Cx.OfType(resource, "PLAC")).SetEi(3, Cx.OfType(resource, "FILL"));
    }

    // NDL is a name and times: the person one level lower than in an XCN.
    private static void Interpreter(SegmentDraft obr, CanonicalMessage source, JsonElement reference)
    {
        var person = source.Resolve(reference);
        var name = person.First("name");
        obr.Set(32, person.First("identifier").Text("value"), 1, 1).Set(32, name.Text("family"), 1, 2).Set(32, name.First("given").AsText(), 1, 3).Set(32, name.First("prefix").AsText(), 1, 6);
    }
}
