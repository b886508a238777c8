using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// ERR as an issue of an OperationOutcome. The official maps have no ERR; this follows HL7 v2.8.2 2.14.5 and R4 2.28.
/// Before v2.5 there is ERR-1 alone: segment, place, field and code in one.
/// </summary>
internal static class ErrOperationOutcome
{
    public static void Map(SegmentValue err, FhirNode outcome)
    {
        var old = err[1].First;
        var code = err[3].HasValue ? err[3].First : old[4];
        var issue = outcome.Item("issue");
        issue.Set("severity", SeverityOf(err[4].First), err[4].First.Leaf);
        issue.Set("code", IssueOf(code[1]), code[1].Leaf);
        var details = issue.Object("details");
        Cwe.ToCodeableConcept(details, code);
        if (err[5].HasValue) Cwe.ToCodeableConcept(details, err[5]);
        if (!details.Has("text")) details.SetText("text", err[8]);
        issue.SetText("diagnostics", err[7]);
        foreach (var place in err[2]) Place(issue, place);
        if (!err[2].HasValue) Place(issue, old);
    }

    // ERL and ELD: segment, its place, field.
    private static void Place(FhirNode issue, Value place)
    {
        if (!place[1].HasValue) return;
        var text = string.Join('-', new[] { place[1].Text, place[2].Text, place[3].Text }.Where(part => part.Length > 0));
        issue.Append("location", issue.Arena.Write(text.AsSpan()), place[1].Leaf);
    }

    // HL7 table 0516.
    private static string SeverityOf(Value severity) => severity.Text switch { "W" => "warning", "I" => "information", "F" => "fatal", _ => "error" };

    // HL7 table 0357 to the required value set issue-type.
    private static string IssueOf(Value code) => code.Text switch
    {
        "0" => "informational",
        "100" => "structure",
        "101" => "required",
        "102" => "value",
        "103" => "code-invalid",
        "104" => "too-long",
        "200" or "201" or "202" or "203" => "not-supported",
        "204" => "not-found",
        "205" => "duplicate",
        "206" => "lock-error",
        "207" => "exception",
        _ => "processing",
    };
}
