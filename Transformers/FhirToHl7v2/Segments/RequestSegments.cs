using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>OBR from a ServiceRequest and, where it has been done, its DiagnosticReport (HL7 v2.8.2 7.4.1).</summary>
internal static class RequestSegments
{
    /// <param name="report">None where the message is no result.</param>
    public static void Write(MessageDraft draft, JsonElement request, JsonElement report)
    {
        var source = draft.Source;
        var obr = draft.AddNumbered("OBR");
        var numbered = report.Exists() ? report : request;
        OrderSegments.Numbers(obr, numbered);
        obr.SetConcept(4, numbered.Get("code"));
        obr.SetMapped(5, request.Text("priority"), TableMaps.ExtendedPriorityCodes);
        obr.SetTime(6, request.Text("occurrenceDateTime"));
        obr.SetTime(7, report.Text("effectiveDateTime") ?? report.Get("effectivePeriod").Text("start")).SetTime(8, report.Get("effectivePeriod").Text("end"));
        if (request.Text("intent") == "reflex-order") obr.Set(11, "G");
        obr.SetPerson(16, source, request.Get("requester"));
        obr.SetTime(22, report.Text("issued"));
        foreach (var category in numbered.Items("category")) obr.Set(24, category.First("coding").Text("code"));
        obr.Set(25, report.Exists() ? StatusOf(report.Text("status") ?? "") : request.Text("status") switch { "completed" => "F", "revoked" => "X", _ => null });
        obr.SetConcepts(31, request.Items("reasonCode"));
        var interpreters = report.Items("resultsInterpreter").ToList();
        for (var at = 0; at < interpreters.Count; at++) obr.SetNdl(at == 0 ? 32 : 33, source, interpreters[at]);
        foreach (var person in report.Items("performer"))
        {
            var function = person.Extension("event-performerFunction").Get("valueCodeableConcept");
            if (function.HasCode("SPRF")) obr.SetNdl(34, source, person);
            else if (function.HasCode("TRANS")) obr.SetNdl(35, source, person);
        }

        obr.SetConcepts(46, request.Items("orderDetail").Take(1)).SetConcepts(47, request.Items("orderDetail").Skip(1));
        obr.SetCxs(53, request.Items("identifier").Where(identifier => Cx.TypeOf(identifier) is not ("PLAC" or "FILL" or "FGN")));
    }

    // A result must have OBR-25. Of what the official map leaves out, what is unknown is stored and not verified.
    private static string StatusOf(string status) => TableMaps.ResultStatusNonQueries.CodeFor(status) ?? status switch { "amended" or "appended" => "C", "entered-in-error" => "X", _ => "R" };
}
