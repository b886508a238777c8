using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>One version of a resource, ready to be put into an answer as it is.</summary>
/// <param name="LastUpdated">Null where the hub does not know.</param>
/// <param name="Json">UTF-8 FHIR JSON with meta.</param>
internal sealed record ServedResource(string Type, string Id, string VersionId, DateTimeOffset? LastUpdated, ReadOnlyMemory<byte> Json)
{
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        // Answers are never part of a page: Chinese names and < stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ServedResource From(StoredResource stored) => new(
        stored.Type, stored.Id, stored.Version.ToString(CultureInfo.InvariantCulture), stored.LastUpdated, stored.Json);

    /// <summary>A numbered version of what is composed when it is read.</summary>
    /// <param name="write">Is given the version id, which stands in the content too.</param>
    public static ServedResource Compose(string type, string id, int version, DateTimeOffset lastUpdated, Action<Utf8JsonWriter, string> write)
    {
        var versionId = version.ToString(CultureInfo.InvariantCulture);
        return new(type, id, versionId, lastUpdated, Compose(json => write(json, versionId)));
    }

    public static ReadOnlyMemory<byte> Compose(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions)) write(json);
        return buffer.WrittenMemory;
    }

    /// <summary>Version id of a resource that is composed when it is read: a digest, so that the same content has the same version.</summary>
    public static string VersionOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content))[..16];

    /// <summary>The stored bytes, not parsed again: they were written by the hub.</summary>
    public void Write(Utf8JsonWriter json) => json.WriteRawValue(Json.Span, skipInputValidation: true);
}
