using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>A file in a data set, given as the file that it is (PS3.18-2024 table 8.7.4-1): a PDF to be shown, a CDA to be saved.</summary>
/// <param name="MediaType">Of the SOP class; what the sender says of it is not repeated.</param>
internal sealed record DocumentForm(string MediaType, string Disposition)
{
    /// <summary>Encapsulated Document (PS3.3-2024 C.24.2).</summary>
    private const string Element = "00420011";

    // Browsers show a PDF by a page of their own, to which the policy of the answer applies.
    private const string ViewerPolicy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private static readonly DocumentForm Pdf = new("application/pdf", "inline; filename=\"report.pdf\"");

    // Markup of a stranger must not run as a page of this hub.
    private static readonly DocumentForm Cda = new("text/xml", "attachment; filename=\"report.xml\"");

    /// <returns>Null where the instance is no such file.</returns>
    public static DocumentForm? Of(KeptInstance instance) => instance.SopClassUid switch { DocumentClass.EncapsulatedPdf => Pdf, DocumentClass.EncapsulatedCda => Cda, _ => null };

    public async Task<Rejection?> WriteAsync(
        DicomWebRequest request, KeptInstance instance, KeptObjects objects, IDataSetWriter writer, IReadOnlyList<MediaRange> ranges, CancellationToken cancellationToken)
    {
        var family = $"{MediaType[..MediaType.IndexOf('/', StringComparison.Ordinal)]}/*";
        if (ranges.Count > 0 && !ranges.Any(range => !range.Multipart && (range.Media == MediaType || range.Media == family || range.TakesAnything)))
        {
            return new Rejection(RejectionCode.DicomFormNotAcceptable, $"This document is given as {MediaType}");
        }

        var opened = await objects.OpenToCutAsync(instance, cancellationToken);
        if (!opened.Accepted) return opened.Rejection;
        await using var cut = opened.Value;
        var dataSet = cut.DataSet;
        var located = await writer.LocateAsync(dataSet, cut.TransferSyntaxUid, Element, cancellationToken);
        if (!located.Accepted) return located.Rejection;
        var length = await WithoutPaddingAsync(dataSet, located.Value, cancellationToken);
        request.Response.ContentType = MediaType;
        request.Response.ContentLength = length;
        request.Response.Headers.ContentDisposition = Disposition;
        request.Response.Headers.ContentSecurityPolicy = ViewerPolicy;
        dataSet.Position = located.Value.Offset;
        await StretchCopy.CopyAsync(dataSet, length, request.Response.BodyWriter, cancellationToken);
        return null;
    }

    /// <summary>A value of odd length has a zero at its end (PS3.5-2024 6.2), which is none of the file.</summary>
    private static async ValueTask<long> WithoutPaddingAsync(Stream dataSet, ByteStretch value, CancellationToken cancellationToken)
    {
        if (value.Length == 0) return 0;
        dataSet.Position = value.Offset + value.Length - 1;
        var last = new byte[1];
        await dataSet.ReadExactlyAsync(last, cancellationToken);
        return last[0] == 0 ? value.Length - 1 : value.Length;
    }
}
