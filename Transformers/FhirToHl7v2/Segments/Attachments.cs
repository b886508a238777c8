using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>The content of a DocumentReference as OBX-5: ED where it is embedded, RP where it is pointed at, TX where it is plain text.</summary>
internal static class Attachments
{
    /// <summary>All contents as repetitions of one OBX-5.</summary>
    public static void Set(SegmentDraft obx, JsonElement document)
    {
        foreach (var content in document.Items("content")) Point(obx, content.Get("attachment"));
    }

    /// <summary>Writes each content as an OBX of its own; plain text line by line.</summary>
    public static void WriteEach(MessageDraft draft, JsonElement document)
    {
        foreach (var content in document.Items("content"))
        {
            var obx = draft.AddNumbered("OBX");
            var attachment = content.Get("attachment");
            // What the content is called, where it is called anything; the type of the document stands in TXA-2 too.
            if (attachment.Text("title") is { } title) obx.Set(3, title, 2);
            else obx.SetConcept(3, document.Get("type"));
            if (PlainText(attachment) is { } text) obx.Set(2, "TX").SetLines(5, text);
            else Point(obx, attachment);
            obx.SetTime(14, attachment.Text("creation"));
            obx.Set(11, document.Text("docStatus") == "preliminary" ? "P" : "F");
        }
    }

    private static void Point(SegmentDraft obx, JsonElement attachment)
    {
        var type = (attachment.Text("contentType") ?? "").Split(';')[0].Split('/');
        var repetition = obx.Repetitions(5);
        if (attachment.Text("url") is { } url)
        {
            obx.Set(2, "RP").Set(5, url, repetition: repetition).Set(5, type[0], 3, repetition: repetition).Set(5, type.ElementAtOrDefault(1), 4, repetition: repetition);
            return;
        }

        obx.Set(2, "ED").Set(5, type[0], 2, repetition: repetition).Set(5, type.ElementAtOrDefault(1), 3, repetition: repetition);
        obx.Set(5, "Base64", 4, repetition: repetition).Set(5, attachment.Text("data"), 5, repetition: repetition);
    }

    private static string? PlainText(JsonElement attachment)
    {
        if (attachment.Text("contentType")?.StartsWith("text/plain", StringComparison.Ordinal) != true || attachment.Text("data") is not { } data) return null;
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(data, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
