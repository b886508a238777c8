using System.Globalization;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// ERR as issues of an OperationOutcome. The official maps have no ERR; this follows HL7 v2.8.2 2.14.5 and R4 2.28. Before v2.5 there is
/// ERR-1 alone: segment, place, field and code in one.
/// </summary>
internal static class ErrOperationOutcome
{
    public static void Map(SegmentValue err, FhirNode outcome)
    {
        foreach (var old in err[1])
        {
            if (old.HasValue) AddOld(outcome.Item("issue"), old);
        }

        if (!err[3].HasValue && !err[5].HasValue && !err[8].HasValue) return;
        var issue = outcome.Item("issue");
        var severity = err[4].First;
        issue.Set("severity", severity.Is("W"u8) ? "warning" : severity.Is("I"u8) ? "information" : severity.Is("F"u8) ? "fatal" : "error", severity.Leaf); // ERR-4 issue.severity
        issue.Set("code", IssueOf(err[3].First[1].Text), err[3].First[1].Leaf); // ERR-3 issue.code
        issue.SetConcept("details", err[3]); // ERR-3 issue.details
        issue.SetConcept("details", err[5]); // ERR-5 issue.details
        issue.Object("details").SetText("text", err[8]); // ERR-8 issue.details.text
        if (err[7].HasValue) issue.SetLines("diagnostics", err[7]); // ERR-7 issue.diagnostics
        foreach (var erl in err[2]) Location(issue, erl); // ERR-2 issue.location
    }

    // ELD: segment, sequence, field, code (before v2.5).
    private static void AddOld(FhirNode issue, Value eld)
    {
        issue.Set("severity", "error");
        issue.Set("code", IssueOf(eld[4][1].Text), eld[4][1].Leaf); // ERR-1 issue.code
        issue.SetConcept("details", eld[4]); // ERR-1 issue.details
        Location(issue, eld, last: 3);
    }

    // PID[1]-5[2].1, as the hub itself names a place in a message.
    private static void Location(FhirNode issue, Value erl, int last = 6)
    {
        if (erl[1].Leaf < 0) return;
        var place = new System.Text.StringBuilder(erl[1].Text);
        if (erl[2].Leaf >= 0) place.Append(CultureInfo.InvariantCulture, $"[{erl[2].Text}]");
        if (erl[3].Leaf >= 0) place.Append('-').Append(erl[3].Text);
        if (last > 3 && erl[4].Leaf >= 0) place.Append(CultureInfo.InvariantCulture, $"[{erl[4].Text}]");
        if (last > 3 && erl[5].Leaf >= 0) place.Append('.').Append(erl[5].Text);
        if (last > 3 && erl[6].Leaf >= 0) place.Append('.').Append(erl[6].Text);
        issue.Append("location", issue.Arena.Write(place.ToString().AsSpan()), erl[1].Leaf);
        for (var part = 2; part <= last; part++) issue.LastAlsoFrom("location", erl[part].Leaf);
    }

    /// <summary>HL7 table 0357 in the words of R4 issue-type.</summary>
    private static string IssueOf(string code) => code switch
    {
        "0" => "informational",
        "100" or "198" => "structure",
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
