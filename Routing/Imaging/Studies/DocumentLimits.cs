using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Studies;

/// <summary>How much of a document goes into a manifest. A report of a hundred pages is far below each of them.</summary>
internal static class DocumentLimits
{
    /// <summary>Bytes of the data set of a report. Of a file in a data set only its attributes are read, so it has no limit here.</summary>
    public const long DataSet = 2 << 20;

    /// <summary>Bytes of one document as JSON.</summary>
    public const int Json = 4 << 20;

    /// <summary>Bytes of all documents of a study.</summary>
    public const int Study = 8 << 20;

    /// <summary>Documents of a study.</summary>
    public const int Documents = 200;

    /// <summary>Levels of a content tree; the templates of DICOM end at nine.</summary>
    private const int Depth = 32;

    /// <summary>Items of a content tree.</summary>
    private const int Items = 5_000;

    private const string ContentSequence = "0040A730";

    /// <returns>DocumentTooDeep, DocumentTooLarge; null where the content tree may be read.</returns>
    public static Rejection? Check(JsonElement document)
    {
        var items = 0;
        return Check(document, 1, ref items);
    }

    // The data set itself was read before: it nests no deeper than the reader lets sequences nest.
    private static Rejection? Check(JsonElement item, int depth, ref int items)
    {
        if (!item.TryGetProperty(ContentSequence, out var content) || !content.TryGetProperty("Value", out var children) || children.ValueKind != JsonValueKind.Array) return null;
        if (depth > Depth) return new(RejectionCode.DocumentTooDeep, $"The content tree has more than {Depth} levels");
        foreach (var child in children.EnumerateArray())
        {
            if (++items > Items) return new(RejectionCode.DocumentTooLarge, $"The content tree has more than {Items} items");
            if (child.ValueKind == JsonValueKind.Object && Check(child, depth + 1, ref items) is { } fault) return fault;
        }

        return null;
    }
}
