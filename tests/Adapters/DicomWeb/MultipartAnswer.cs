using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>One part of an answer.</summary>
internal sealed record AnswerPart(string ContentType, string Location, byte[] Bytes);

/// <summary>Reads answers of multipart/related with the framework's own reader.</summary>
internal static class MultipartAnswer
{
    public static async Task<List<AnswerPart>> PartsAsync(HttpResponseMessage answer)
    {
        var type = MediaTypeHeaderValue.Parse(answer.Content.Headers.ContentType!.ToString());
        var reader = new MultipartReader(type.Boundary.Value!, await answer.Content.ReadAsStreamAsync()) { BodyLengthLimit = null };
        var parts = new List<AnswerPart>();
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes);
            parts.Add(new(section.ContentType!, section.Headers!["Content-Location"].ToString(), bytes.ToArray()));
        }

        return parts;
    }
}
