using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Routing.Contracts.Rejections;

/// <summary>Writes FHIR R4 OperationOutcome from the rejection table: the hub's number as details.coding, what is told in both languages where both are known.</summary>
public static class OperationOutcome
{
    public const string English = "en";
    public const string Chinese = "zh-HK";

    private const string Translation = "http://hl7.org/fhir/StructureDefinition/translation";

    /// <param name="language">Which of the two stands first; the other is its translation.</param>
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
        json.WriteStartObject();
        json.WriteString("system", FhirSystems.Rejection);
        json.WriteString("code", ((int)meaning.Code).ToString(CultureInfo.InvariantCulture));
        json.WriteString("display", meaning.Code.ToString());
        json.WriteEndObject();
        json.WriteEndArray();
        WriteText(json, "text", meaning.English, meaning.Chinese, language);
        json.WriteEndObject();
        WriteText(json, "diagnostics", issue.Rejection.Detail, issue.Rejection.DetailChinese, language);
        if (issue.Expression is not null)
        {
            json.WriteStartArray("expression");
            json.WriteStringValue(issue.Expression);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string english, string? chinese, string language)
    {
        if (chinese is null)
        {
            json.WriteString(name, english);
            return;
        }

        var (text, otherLanguage, otherText) = language == Chinese ? (chinese, English, english) : (english, Chinese, chinese);
        json.WriteString(name, text);
        json.WriteStartObject("_" + name);
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
