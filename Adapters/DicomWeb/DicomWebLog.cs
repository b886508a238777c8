using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.DicomWeb;

/// <summary>Log lines of the DICOMweb interface. They name kinds of faults, never the text of an exception: that can quote data.</summary>
internal static partial class DicomWebLog
{
    [LoggerMessage(EventId = 7101, Level = LogLevel.Error, Message = "DICOMweb {Interaction} failed with {ExceptionType}:\n{StackTrace}")]
    public static partial void Failed(ILogger logger, string interaction, string exceptionType, string? stackTrace);

    [LoggerMessage(EventId = 7102, Level = LogLevel.Error, Message = "The store did not answer a DICOMweb {Interaction}: {ExceptionType}")]
    public static partial void StoreFailed(ILogger logger, string interaction, string exceptionType);

    [LoggerMessage(EventId = 7103, Level = LogLevel.Error, Message = "An answer to a DICOMweb {Interaction} was broken off: {Rejection}")]
    public static partial void BrokenOff(ILogger logger, string interaction, string rejection);

    [LoggerMessage(EventId = 7104, Level = LogLevel.Information, Message = "Source {SourceId} stored {Stored} instances by DICOMweb, {Failed} were refused")]
    public static partial void Stored(ILogger logger, string sourceId, int stored, int failed);
}
