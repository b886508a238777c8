using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Uploads;

/// <summary>What is written to the log of files. Never a file's name or bytes: senders put patients' names there.</summary>
internal static partial class UploadLog
{
    [LoggerMessage(1201, LogLevel.Information, "Upload {Upload} of {Source} taken: {Bytes} bytes")]
    public static partial void Taken(ILogger logger, string upload, string source, long bytes);

    [LoggerMessage(1202, LogLevel.Information, "Upload {Upload} of {Source} goes on at byte {Offset}")]
    public static partial void GoesOn(ILogger logger, string upload, string source, long offset);

    [LoggerMessage(1203, LogLevel.Information, "Upload {Upload} of {Source} finished: {Messages} messages, {Refused} refused")]
    public static partial void Finished(ILogger logger, string upload, string source, long messages, long refused);

    [LoggerMessage(1204, LogLevel.Warning, "Upload {Upload} of {Source} was not in order: {Code}")]
    public static partial void NotInOrder(ILogger logger, string upload, string source, int code);

    [LoggerMessage(1205, LogLevel.Warning, "Uploads of {Source} are held up ({Fault}); tried again in {Seconds} s")]
    public static partial void HeldUp(ILogger logger, string source, string fault, double seconds);

    [LoggerMessage(1206, LogLevel.Warning, "Source {Source} gets no upload folder: its id is no folder name")]
    public static partial void NoFolder(ILogger logger, string source);

    [LoggerMessage(1207, LogLevel.Information, "An upload of {Source} broke off after {Bytes} bytes; nothing of it is kept")]
    public static partial void BrokeOff(ILogger logger, string source, long bytes);

    [LoggerMessage(1208, LogLevel.Error, "Upload {Upload} of {Source} failed: {Fault}")]
    public static partial void Failed(ILogger logger, string upload, string source, string fault);

    [LoggerMessage(1209, LogLevel.Error, "The progress of upload {Upload} of {Source} could not be read: it is set aside as progress.json.unreadable, and the file, where it is still there, is begun anew")]
    public static partial void RecordUnreadable(ILogger logger, string upload, string source);
}
