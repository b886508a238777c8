using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>Reads a body within its limits.</summary>
internal static class RequestBody
{
    /// <summary>Bytes. An enrolment is about two thousand.</summary>
    public const int Limit = 1024 * 1024;

    // Depth 32 is far over what an enrolment needs. A name that comes twice would leave open which one counts.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <returns>Rejections MediaTypeUnsupported, BodyTooLarge, BodyInvalid.</returns>
    public static async Task<Result<JsonDocument>> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (ContentNegotiation.RefuseBody(request, ContentNegotiation.FhirJson, "application/json") is { } unsupported) return unsupported;
        var bytes = await ReadAsync(request, cancellationToken);
        if (!bytes.Accepted) return bytes.Rejection;
        if (!IsText(bytes.Value)) return new Rejection(RejectionCode.BodyInvalid, "The text is not Unicode: write UTF-8, and the \\u escapes of a surrogate pair together");
        try
        {
            return JsonDocument.Parse(bytes.Value, Strict);
        }
        catch (JsonException fault)
        {
            // The exception's own text can quote the body.
            return new Rejection(RejectionCode.BodyInvalid, $"Not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
        }
    }

    /// <summary>Asked once for the whole body: the parser lets bytes that are no UTF-8 (RFC 8259 section 8.1) and half surrogate pairs through, and who reads the string fails.</summary>
    private static bool IsText(byte[] json)
    {
        if (!Utf8.IsValid(json)) return false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        try
        {
            while (reader.Read())
                if (reader.ValueIsEscaped) _ = reader.GetString();
            return true;
        }
        catch (JsonException)
        {
            // No JSON: the parser says where.
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <returns>Rejection BodyTooLarge.</returns>
    public static async Task<Result<byte[]>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limit) return TooLarge();
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > Limit) return TooLarge();
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Rejection TooLarge() => new(RejectionCode.BodyTooLarge, $"The limit is {Limit} bytes");
}
