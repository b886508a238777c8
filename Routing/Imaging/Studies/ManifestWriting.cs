using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Studies;

/// <summary>Writes manifests as <see cref="StudyManifest"/> says. The same study gives the same bytes: no clock, and nothing that changes.</summary>
internal static class ManifestWriting
{
    /// <summary>
    /// What of an instance the record tells: SOP class and instance UID, instance number, document title, concept name of a report, frames, offset of its times. The
    /// rest of its attributes stays with the object: a study has thousands of them. Of a document it tells all.
    /// </summary>
    private static readonly string[] OfInstances = ["00080016", "00080018", "00200013", "00280008", "00420010", "0040A043", "00080201"];

    // The bytes are kept as a deposit and read by people: Chinese names stand as themselves.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="documents">By SOP Instance UID: what was read of the documents.</param>
    public static byte[] Write(GatheringStudy study, StudyContent content, IReadOnlyDictionary<string, Result<ReadOnlyMemory<byte>>> documents)
    {
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(output, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("studyManifest", 1);
            json.WriteString("studyInstanceUid", study.StudyInstanceUid);
            json.WriteNumber("revision", study.Revision);
            json.WriteNumber("conflicts", content.Conflicts);
            json.WritePropertyName("patient");
            Raw(json, content.Patient);
            json.WritePropertyName("study");
            Raw(json, content.Study);
            json.WriteStartArray("series");
            foreach (var series in content.Series) Write(json, series, documents);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, StudySeries series, IReadOnlyDictionary<string, Result<ReadOnlyMemory<byte>>> documents)
    {
        json.WriteStartObject();
        json.WritePropertyName("attributes");
        Raw(json, series.Attributes);
        json.WriteStartArray("instances");
        foreach (var instance in series.Instances)
        {
            using var attributes = JsonDataSet.Parse(instance);
            var document = Find(documents, attributes.RootElement);
            json.WriteStartObject();
            if (document is { Accepted: true, Value: var whole }) WriteWhole(json, whole);
            else
            {
                foreach (var tag in OfInstances)
                {
                    if (!attributes.RootElement.TryGetProperty(tag, out var element)) continue;
                    json.WritePropertyName(tag);
                    element.WriteTo(json);
                }

                if (document is { } unread) json.WriteNumber("documentFault", (int)unread.Rejection!.Code);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Not read over: it is the hub's own, and may nest deeper than the writer's check follows.
    private static void Raw(Utf8JsonWriter json, ReadOnlyMemory<byte> attributes) => json.WriteRawValue(attributes.Span, skipInputValidation: true);

    private static void WriteWhole(Utf8JsonWriter json, ReadOnlyMemory<byte> document)
    {
        using var attributes = JsonDataSet.Parse(document);
        foreach (var element in attributes.RootElement.EnumerateObject()) element.WriteTo(json);
    }

    private static Result<ReadOnlyMemory<byte>>? Find(IReadOnlyDictionary<string, Result<ReadOnlyMemory<byte>>> documents, JsonElement instance) =>
        documents.Count > 0 && JsonDataSet.Text(instance, "00080018") is { } uid && documents.TryGetValue(uid, out var document) ? document : default(Result<ReadOnlyMemory<byte>>?);
}
