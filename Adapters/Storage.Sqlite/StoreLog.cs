using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Storage.Sqlite;

/// <summary>What the store tells operators. Events 4000 to 4099.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(4000, LogLevel.Information, "Store {Path} open: schema {Schema}, SQLite {Engine}")]
    public static partial void Opened(ILogger logger, string path, int schema, string engine);

    [LoggerMessage(4001, LogLevel.Error, "{Count} changes not written: rejection {Code}, engine code {EngineCode}")]
    public static partial void NotWritten(ILogger logger, int count, int code, int engineCode);

    [LoggerMessage(4002, LogLevel.Error, "A change failed: {Fault}")]
    public static partial void WriteFailed(ILogger logger, string fault);

    [LoggerMessage(4003, LogLevel.Warning, "The write-ahead log could not be copied: engine code {EngineCode}")]
    public static partial void LogNotCopied(ILogger logger, int engineCode);

    [LoggerMessage(4005, LogLevel.Error, "Stored content was refused with {Code}: {Detail}")]
    public static partial void ContentNotOpened(ILogger logger, int code, string detail);

    [LoggerMessage(4006, LogLevel.Information, "Content is being encrypted anew")]
    public static partial void ReencryptionBegun(ILogger logger);

    [LoggerMessage(4007, LogLevel.Information, "All content is encrypted anew")]
    public static partial void ReencryptionEnded(ILogger logger);

    [LoggerMessage(4008, LogLevel.Error, "Encrypting anew stopped, and goes on in a while: {Fault}")]
    public static partial void ReencryptionHeldUp(ILogger logger, string fault);

    [LoggerMessage(4009, LogLevel.Information, "{Count} objects or parts of objects, left by a former run on their way, were removed")]
    public static partial void ObjectsCleaned(ILogger logger, int count);

    [LoggerMessage(4010, LogLevel.Warning, "What is left of an object could not be removed, the next start will: {Fault}")]
    public static partial void ObjectNotTidied(ILogger logger, string fault);

    [LoggerMessage(4004, LogLevel.Information, "Store {Path} closed")]
    public static partial void Closed(ILogger logger, string path);
}
