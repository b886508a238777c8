using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>ORC from a ServiceRequest or MedicationRequest and its Provenance (HL7 v2.8.2 4.5.1).</summary>
internal static class OrderSegments
{
    /// <param name="control">Order control (HL7 table 0119) where no Provenance of the order says what was done.</param>
    public static void Common(MessageDraft draft, JsonElement request, string control)
    {
        if (!request.Exists()) return;
        var source = draft.Source;
        var provenance = source.Provenances(request).FirstOrDefault();
        var orc = draft.Add("ORC").Set(1, ControlOf(provenance) ?? control);
        Numbers(orc, request, last: true);
        orc.SetEi(4, request.Has("requisition") ? request.Get("requisition") : request.Get("groupIdentifier"));
        orc.SetMapped(5, request.Text("status"), TableMaps.OrderStatus);
        foreach (var parent in request.Items("basedOn").Select(order => order.Get("identifier")).Where(identifier => identifier.Exists())) orc.SetEi(8, parent, Cx.TypeOf(parent) is "FGN" or "FILL" ? 2 : 1);
        orc.SetTime(9, provenance.Text("occurredDateTime") ?? request.Text("authoredOn"));
        Persons(orc, source, request, provenance);
        orc.SetContacts(14, request.Items("extension").Where(extension => extension.Text("url")?.EndsWith("order-callback-phone-number", StringComparison.Ordinal) == true).Select(extension => extension.Get("valueContactPoint")));
        orc.SetConcept(16, Reason(request, provenance));
        var facility = source.Organization(request.Get("requester"));
        orc.SetOrganization(21, source, request.Get("requester")).SetAddresses(22, facility.Items("address")).SetContacts(23, facility.Items("telecom"));
        orc.SetAddresses(24, source.Practitioner(request.Get("requester")).Items("address"));
        orc.SetCoding(28, request.Get("meta").First("security"), TableMaps.ConfidentialityCode);
        orc.SetConcepts(29, request.Items("locationCode"), TableMaps.OrderType);
        foreach (var category in request.Items("category")) OrderType(orc, category);
        orc.Set(31, request.First("basedOn").Text("display"), 2);
        orc.SetEi(38, Cx.OfType(request, "FGN").FirstOrDefault());
    }

    /// <summary>The placer's and the filler's number, in fields 2 and 3.</summary>
    /// <param name="last">Of two numbers the order's own segment has the first, the ORC the last.</param>
    public static void Numbers(SegmentDraft segment, JsonElement resource, bool last = false)
    {
        foreach (var (field, type) in new[] { (2, "PLAC"), (3, "FILL") })
            segment.SetEi(field, last ? Cx.OfType(resource, type).Take(2).LastOrDefault() : Cx.OfType(resource, type).FirstOrDefault());
    }

    private static void Persons(SegmentDraft orc, CanonicalMessage source, JsonElement request, JsonElement provenance)
    {
        foreach (var enterer in Provenances.Agents(provenance, "enterer")) orc.SetPerson(10, source, enterer);
        foreach (var verifier in Provenances.Agents(provenance, "verifier")) orc.SetPerson(11, source, verifier);
        var authors = Provenances.Agents(provenance, "author").Where(author => source.Practitioner(author).Exists()).ToList();
        foreach (var author in authors.Count > 0 ? authors : [request.Get("requester")]) orc.SetPerson(12, source, author);
        orc.SetLocation(13, source, provenance.Get("location"));
        var behalf = source.Resolve(provenance.Items("agent").Select(agent => agent.Get("onBehalfOf")).FirstOrDefault(reference => reference.Exists()));
        orc.SetNumberedOrganization(17, behalf);
        foreach (var device in provenance.Items("agent").Select(agent => source.Resolve(agent.Get("who"))).Where(who => who.Text("resourceType") == "Device"))
        {
            var (identifiers, names) = (device.Items("identifier").ToList(), device.Items("deviceName").ToList());
            for (var at = 0; at < Math.Max(identifiers.Count, names.Count) && at < 2; at++)
            {
                var identifier = identifiers.ElementAtOrDefault(at);
                orc.Set(18, identifier.Text("value"), (3 * at) + 1).Set(18, names.ElementAtOrDefault(at).Text("name"), (3 * at) + 2).Set(18, Cwe.SystemName(identifier.Text("system")), (3 * at) + 3);
            }
        }

        foreach (var performer in Provenances.Agents(provenance, "performer")) orc.SetPerson(19, source, performer);
    }

    // Of a prescription the order type is a category: the code as sent stands beside FHIR's own where it said more.
    private static void OrderType(SegmentDraft orc, JsonElement category)
    {
        var codings = category.Items("coding").ToList();
        var own = codings.FindIndex(coding => coding.Text("system")?.EndsWith("/medicationrequest-category", StringComparison.Ordinal) == true);
        if (own < 0) return;
        var repetition = orc.Repetitions(29);
        if (codings.Count > 1) orc.SetCoding(29, codings[own == 0 ? 1 : 0], repetition: repetition);
        else orc.Set(29, codings[own].Text("code") switch { "inpatient" => "I", "outpatient" => "O", _ => null }, repetition: repetition);
    }

    private static string? ControlOf(JsonElement provenance) => provenance.Get("activity").First("coding").Text("code") switch
    {
        "CREATE" => "NW",
        "UPDATE" => "SC",
        "CANCEL" => "CA",
        var code => code,
    };

    private static JsonElement Reason(JsonElement request, JsonElement provenance)
    {
        if (provenance.Has("reason")) return provenance.First("reason");
        return request.Has("statusReason") ? request.Get("statusReason") : request.Extension("request-statusReason").Get("valueCodeableConcept");
    }
}
