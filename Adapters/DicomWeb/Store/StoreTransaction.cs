using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace EHealthPlus.Adapters.DicomWeb.Store;

/// <summary>STOW-RS (PS3.18-2024 10.5): a source sends instances, one or many in a request; each is on disk before the answer.</summary>
internal sealed class StoreTransaction(
    IInstanceIntake intake, IDicomPeers peers, IRegistry registry, IAuditTrail audit, TimeProvider time, DicomWebOptions options, ILogger<StoreTransaction> logger)
{
    private const string Dicom = "application/dicom";
    private const int LongestBoundary = 100;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, int> receiving = new(StringComparer.Ordinal);

    public async Task<Rejection?> AnswerAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        var stored = await TakeAsync(request, cancellationToken);
        if (!stored.Accepted)
        {
            await AuditAsync(request, permitted: false, stored.Rejection.ToString(), cancellationToken);
            return stored.Rejection;
        }

        var outcomes = stored.Value;
        var failed = outcomes.Count(outcome => !outcome.Answer.Accepted);
        var source = request.Principal.SourceId!;
        DicomWebLog.Stored(logger, source, outcomes.Count - failed, failed);
        await AuditAsync(request, permitted: true, $"For source {source}: {outcomes.Count - failed} instances kept, {failed} refused", cancellationToken);
        var status = StoreResponse.StatusOf(outcomes);
        if (status == StatusCodes.Status503ServiceUnavailable) request.Response.Headers.RetryAfter = "10";
        StoreResponse.Warn(request, outcomes);
        await using var body = JsonBody.Begin(request.Context, status);
        await using var json = new Utf8JsonWriter(body.Writer, Plain);
        StoreResponse.Write(json, request, outcomes);
        return null;
    }

    private async Task<Result<List<StoreOutcome>>> TakeAsync(DicomWebRequest request, CancellationToken cancellationToken)
    {
        var principal = request.Principal;
        if (principal.Role != Role.Source) return new Rejection(RejectionCode.RoleNotPermitted, "Instances are stored by a source");
        if (principal.SourceId is not { } id || registry.GetSource(id) is not { } source) return new Rejection(RejectionCode.SourceUnknown, "No source of that id is registered");
        if (!source.Active) return new Rejection(RejectionCode.SourceSuspended, "The source is suspended");
        if (!JsonBody.IsAccepted(request.Http)) return new Rejection(RejectionCode.DicomFormNotAcceptable, "Store requests are answered in application/dicom+json");
        var boundary = BoundaryOf(request.Http);
        if (!boundary.Accepted) return boundary.Rejection;
        if (!TryEnter(id)) return new Rejection(RejectionCode.BacklogFull, "As many store requests are being received as may be at a time, or of this source; send this one again soon");

        try
        {
            if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.MaxStoreBytes;
            return await ReceiveAsync(request, id, boundary.Value, cancellationToken);
        }
        finally
        {
            Leave(id);
        }
    }

    private bool TryEnter(string sourceId)
    {
        lock (receiving)
        {
            var ofSource = receiving.GetValueOrDefault(sourceId);
            if (ofSource >= options.MaxReceivingOfSource || receiving.Values.Sum() >= options.MaxReceiving) return false;
            receiving[sourceId] = ofSource + 1;
            return true;
        }
    }

    private void Leave(string sourceId)
    {
        lock (receiving)
        {
            if (--receiving[sourceId] == 0) receiving.Remove(sourceId);
        }
    }

    private async Task<Result<List<StoreOutcome>>> ReceiveAsync(DicomWebRequest request, string sourceId, string boundary, CancellationToken cancellationToken)
    {
        var origin = request.Principal.Origin;
        var characterSet = peers.All.FirstOrDefault(peer => peer.SourceId == sourceId && peer.CharacterSet is not null)?.CharacterSet;
        var offer = new InstanceOffer(null, null, null, sourceId, characterSet, new Peer(origin?.Address ?? "", origin?.Certificate, sourceId), request.Study);
        await using var parts = new PartReceiving(intake, offer, options);
        if (boundary.Length == 0)
        {
            await parts.TakeAsync(request.Http.Body, cancellationToken);
            return await parts.EndAsync();
        }

        var fault = await TakePartsAsync(request, parts, boundary, cancellationToken);
        var outcomes = await parts.EndAsync();
        if (fault is null) return outcomes.Count == 0 ? new Rejection(RejectionCode.BodyInvalid, "The body holds no part") : outcomes;
        // What is kept is told, with what ended the request as one more failure; a request that kept nothing is refused as a whole.
        if (!outcomes.Exists(outcome => outcome.Answer.Accepted)) return fault;
        outcomes.Add(new(new(null, null), fault));
        return outcomes;
    }

    /// <returns>What ended the request before its last part did.</returns>
    private async Task<Rejection?> TakePartsAsync(DicomWebRequest request, PartReceiving parts, string boundary, CancellationToken cancellationToken)
    {
        var sections = new MultipartReader(boundary, request.Http.Body, 64 * 1024) { BodyLengthLimit = null };
        try
        {
            while (await sections.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (parts.Count >= options.MaxParts) return new Rejection(RejectionCode.BodyTooLarge, $"A request may hold {options.MaxParts} instances");
                if (!IsDicom(section.ContentType)) return new Rejection(RejectionCode.MediaTypeUnsupported, "Each part is application/dicom");
                await parts.TakeAsync(section.Body, cancellationToken);
            }

            return null;
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Rejection(RejectionCode.BodyTooLarge, "The body is larger than this address takes");
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return new Rejection(RejectionCode.BodyInvalid, "The parts of the body cannot be told apart, or it broke off; what came whole before is kept");
        }
    }

    /// <returns>Empty for a body that is one instance; rejections MediaTypeUnsupported, BodyInvalid.</returns>
    private static Result<string> BoundaryOf(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0) return new Rejection(RejectionCode.MediaTypeUnsupported, "Bodies are taken without Content-Encoding");
        if (IsDicom(request.ContentType)) return "";
        // Some clients leave the quotation marks of type away, which the slash in it needs.
        if (request.ContentType is not { } stated || !stated.StartsWith("multipart/related", StringComparison.OrdinalIgnoreCase))
        {
            return new Rejection(RejectionCode.MediaTypeUnsupported, "Send multipart/related; type=\"application/dicom\", or application/dicom");
        }

        string? type = null, boundary = null;
        foreach (var parameter in stated.Split(';').Skip(1))
        {
            var cut = parameter.IndexOf('=', StringComparison.Ordinal);
            if (cut < 0) continue;
            var value = parameter[(cut + 1)..].Trim().Trim('"');
            switch (parameter[..cut].Trim().ToLowerInvariant())
            {
                case "type": type = value; break;
                case "boundary": boundary = value; break;
                default: break;
            }
        }

        if (type is not null && !type.Equals(Dicom, StringComparison.OrdinalIgnoreCase)) return new Rejection(RejectionCode.MediaTypeUnsupported, "The parts are application/dicom: metadata and bulk data apart are not taken");
        return boundary is { Length: > 0 and <= LongestBoundary } 
            ? boundary
            : new Rejection(RejectionCode.BodyInvalid, "The content type states no boundary");
    }

    private static bool IsDicom(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals(Dicom, StringComparison.OrdinalIgnoreCase);

    private Task AuditAsync(DicomWebRequest request, bool permitted, string reason, CancellationToken cancellationToken) => audit.RecordAsync(
        AuditEntry.By(request.Principal, time.GetUtcNow(), AuditAction.Upload, null, "dicomweb:studies", permitted, reason), cancellationToken);
}
