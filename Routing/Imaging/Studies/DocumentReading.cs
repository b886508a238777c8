using System.Buffers;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Routing.Imaging.Studies;

/// <summary>
/// Reads the documents of a study from their objects, for the manifest. A document that cannot be read keeps nobody from the images: the manifest says why
/// it is missing, and so does the log.
/// </summary>
internal sealed partial class DocumentReading(IInstanceStore instances, IDataSetWriter writer, IDicomPeers peers, ILogger<DocumentReading> log)
{
    /// <returns>By SOP Instance UID: the data set as DICOM JSON object, binary values and long texts as addresses; or why it is not there.</returns>
    public async Task<IReadOnlyDictionary<string, Result<ReadOnlyMemory<byte>>>> ReadAsync(GatheringStudy study, StudyContent content, CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, Result<ReadOnlyMemory<byte>>>(StringComparer.Ordinal);
        var total = 0;
        foreach (var uid in content.Series.SelectMany(series => series.Instances).Select(DocumentUid).OfType<string>())
        {
            var document = read.Count < DocumentLimits.Documents && total < DocumentLimits.Study
                ? await ReadAsync(study.SourceId, uid, cancellationToken).ConfigureAwait(false)
                : new Rejection(RejectionCode.DocumentTooLarge, "The documents of the study are more than a manifest takes");
            if (document.Accepted) total += document.Value.Length;
            else LogUnread(study.SourceId, (int)document.Rejection.Code, document.Rejection.Detail);
            read[uid] = document;
        }

        return read;
    }

    private async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(string sourceId, string uid, CancellationToken cancellationToken)
    {
        var json = new ArrayBufferWriter<byte>(64 * 1024);
        try
        {
            if (await instances.FindAsync(uid, cancellationToken).ConfigureAwait(false) is not { } kept) return Unreadable("It is not in the index");
            if (!DocumentClass.IsEncapsulated(kept.SopClassUid) && kept.Length > DocumentLimits.DataSet) return new Rejection(RejectionCode.DocumentTooLarge, $"The data set has more than {DocumentLimits.DataSet} bytes");
            var stream = await instances.OpenAsync(kept, cancellationToken).ConfigureAwait(false);
            if (stream is null) return Unreadable("Its object is gone");
            await using (stream.ConfigureAwait(false))
            {
                if (await writer.WriteJsonAsync(stream, kept.TransferSyntaxUid, CharacterSetOf(sourceId), path => $"bulkdata/{path}", json, null, cancellationToken).ConfigureAwait(false) is { } fault) return Unreadable(fault.ToString());
            }
        }
        catch (RejectedException damaged)
        {
            return Unreadable(damaged.Rejection.ToString());
        }

        if (json.WrittenCount > DocumentLimits.Json) return new Rejection(RejectionCode.DocumentTooLarge, $"The document as JSON has more than {DocumentLimits.Json} bytes");
        using var parsed = JsonDataSet.Parse(json.WrittenMemory);
        return DocumentLimits.Check(parsed.RootElement) is { } beyond ? beyond : json.WrittenMemory;
    }

    // In place of (0008,0005), for a sender that says none or the wrong one.
    private string? CharacterSetOf(string sourceId) => peers.All.FirstOrDefault(peer => peer.SourceId == sourceId && peer.CharacterSet is not null)?.CharacterSet;

    /// <returns>Null for an image.</returns>
    private static string? DocumentUid(ReadOnlyMemory<byte> instance)
    {
        using var attributes = JsonDataSet.Parse(instance);
        return JsonDataSet.Text(attributes.RootElement, "00080016") is { } type && DocumentClass.IsDocument(type) ? JsonDataSet.Text(attributes.RootElement, "00080018") : null;
    }

    private static Rejection Unreadable(string why) => new(RejectionCode.DocumentUnreadable, why);

    [LoggerMessage(3414, LogLevel.Warning, "A report among the images of {Source} is not in the manifest of its study, which names it: {Code} {Detail}")]
    private partial void LogUnread(string source, int code, string detail);
}
