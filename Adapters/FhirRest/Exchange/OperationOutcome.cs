using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>Writes FHIR R4 OperationOutcome from the rejection table: the hub's number as details.coding, the text in both languages.</summary>
internal static class OperationOutcome
{
    private const string Translation = "http://hl7.org/fhir/StructureDefinition/translation";

    /// <param name="severity">FHIR R4 issue-severity; null takes error, or fatal for a fault of the hub.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Issue> issues, string language, string? severity = null)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "OperationOutcome");
        json.WriteString("language", language);
        json.WriteStartArray("issue");
        foreach (var issue in issues) WriteIssue(json, issue, language, severity);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIssue(Utf8JsonWriter json, Issue issue, string language, string? severity)
    {
        var meaning = RejectionTable.Of(issue.Rejection.Code);
        json.WriteStartObject();
        json.WriteString("severity", severity ?? (meaning.Code == RejectionCode.InternalFault ? "fatal" : "error"));
        json.WriteString("code", meaning.IssueType);
        json.WriteStartObject("details");
        json.WriteStartArray("coding");
        json.WriteCoding(FhirSystems.Rejection, ((int)meaning.Code).ToString(CultureInfo.InvariantCulture), meaning.Code.ToString());
        json.WriteEndArray();
        WriteText(json, meaning, language);
        json.WriteEndObject();
        json.WriteString("diagnostics", language == AnswerLanguage.Chinese ? issue.Rejection.DetailChinese ?? issue.Rejection.Detail : issue.Rejection.Detail);
        if (issue.Expression is not null)
        {
            json.WriteStartArray("expression");
            json.WriteStringValue(issue.Expression);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, RejectionMeaning meaning, string language)
    {
        var (text, otherLanguage, otherText) = language == AnswerLanguage.Chinese
            ? (meaning.Chinese, AnswerLanguage.English, meaning.English)
            : (meaning.English, AnswerLanguage.Chinese, meaning.Chinese);
        json.WriteString("text", text);
        json.WriteStartObject("_text");
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", "lang");
        json.WriteString("valueCode", otherLanguage);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("url", "content");
        json.WriteString("valueString", otherText);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("url", Translation);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
