using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.FhirRest;

/// <summary>Log lines of the FHIR interface. They name kinds of faults, never the text of an exception: that can quote data.</summary>
internal static partial class FhirRestLog
{
    [LoggerMessage(EventId = 7001, Level = LogLevel.Error, Message = "FHIR {Interaction} failed with {ExceptionType}:\n{StackTrace}")]
    public static partial void Failed(ILogger logger, string interaction, string exceptionType, string? stackTrace);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Error, Message = "The audit trail refused an entry with {ExceptionType}; {Action} was not answered")]
    public static partial void AuditNotWritten(ILogger logger, string exceptionType, string action);

    [LoggerMessage(EventId = 7003, Level = LogLevel.Error, Message = "The store did not answer a FHIR {Interaction}: {ExceptionType}")]
    public static partial void StoreFailed(ILogger logger, string interaction, string exceptionType);
}
