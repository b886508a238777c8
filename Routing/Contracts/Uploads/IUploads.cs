using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Uploads;

/// <summary>Where a file stands.</summary>
public enum UploadState
{
    /// <summary>Kept whole; its turn has not come.</summary>
    Waiting = 1,

    /// <summary>Its messages are being decided.</summary>
    Working = 2,

    /// <summary>Each message is answered, and the file was in order. Messages of it may have been refused.</summary>
    Done = 3,

    /// <summary>Each message is answered, and the file as such was not in order.</summary>
    Refused = 4,
}

/// <param name="Batches">Batches begun; messages without an envelope count as one.</param>
/// <param name="Messages">Messages answered so far: accepted, refused and unanswered together.</param>
/// <param name="Unanswered">Messages that asked for no answer (MSH-15 and MSH-16).</param>
public sealed record UploadCounts(int Batches, long Messages, long Accepted, long Refused, long Unanswered);

/// <summary>One reason why messages of a file were refused.</summary>
/// <param name="Code">Number of the <see cref="RejectionCode"/>; 0 where the answer named none.</param>
/// <param name="FirstMessage">The first message refused for it, counted from 1 in the file.</param>
/// <param name="FirstControlId">Its MSH-10, or empty.</param>
public sealed record UploadReason(int Code, long Count, long FirstMessage, string FirstControlId);

/// <summary>One uploaded file. Holds no patient data but what the sender wrote into its name.</summary>
/// <param name="Id">Of the time it was taken and some random letters; ids sort by time.</param>
/// <param name="Name">As the sender called the file, perhaps after a patient: for the source and for who sees patient data.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="BytesRead">How much of it is decided and kept as decided.</param>
/// <param name="Rejection">Why the file as such was not in order; null where it was, and while it is not known.</param>
/// <param name="Fault">What holds it up now, such as a full disk; null where nothing does.</param>
/// <param name="Answer">Name of the answer file, when it is there; begins with the file's name.</param>
public sealed record UploadStatus(
    string Id, string SourceId, string Name, DateTimeOffset TakenAt, DateTimeOffset? FinishedAt, UploadState State, long Bytes, long BytesRead,
    UploadCounts Counts, Rejection? Rejection, IReadOnlyList<UploadReason> Reasons, string? Fault, string? Answer)
{
    public bool Finished => State is UploadState.Done or UploadState.Refused;
}

/// <summary>Tells people and senders of files that were uploaded. Read from memory.</summary>
public interface IUploads
{
    /// <summary>Newest first.</summary>
    /// <param name="sourceId">Null for all sources.</param>
    IReadOnlyList<UploadStatus> List(string? sourceId, int count);

    /// <returns>Null where there is none of that id, or none any more in memory.</returns>
    UploadStatus? Get(string id);

    /// <returns>Null while there is no answer file, or where it was taken away.</returns>
    Stream? OpenAnswer(string id);
}
