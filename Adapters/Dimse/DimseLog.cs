using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Dimse;

/// <summary>What the DICOM side writes to the log: titles, addresses, codes. Never anything of a data set.</summary>
internal static partial class DimseLog
{
    [LoggerMessage(1901, LogLevel.Debug, "DICOM association of {Peer} established, {Contexts} presentation contexts")]
    public static partial void Established(ILogger logger, string peer, int contexts);

    [LoggerMessage(1902, LogLevel.Debug, "DICOM association of {Peer} ended: {Reason}")]
    public static partial void Ended(ILogger logger, string peer, string reason);

    [LoggerMessage(1903, LogLevel.Warning, "DICOM association of {Peer} refused with {Refusal}: {Code}")]
    public static partial void Refused(ILogger logger, string peer, AssociationRefusal refusal, RejectionCode code);

    [LoggerMessage(1904, LogLevel.Information, "DICOM connection from {Peer} broke the protocol: {Cause}")]
    public static partial void Violated(ILogger logger, string peer, AbortCause cause);

    [LoggerMessage(1905, LogLevel.Warning, "{Limit} DICOM associations are open: further connections are closed at once")]
    public static partial void TooMany(ILogger logger, int limit);

    [LoggerMessage(1906, LogLevel.Information, "A command of {Peer} could not be read: {Code}")]
    public static partial void CommandRefused(ILogger logger, string peer, RejectionCode code);

    [LoggerMessage(1907, LogLevel.Information, "An instance of {Peer} was refused: {Code}")]
    public static partial void InstanceRefused(ILogger logger, string peer, RejectionCode code);

    [LoggerMessage(1908, LogLevel.Information, "The association of {Peer} ended before an answer")]
    public static partial void AnswerUnsent(ILogger logger, string peer);

    [LoggerMessage(1909, LogLevel.Error, "An operation of {Peer} failed: {Fault}")]
    public static partial void OperationFailed(ILogger logger, string peer, string fault);

    [LoggerMessage(1910, LogLevel.Warning, "Operations of {Peer} were still in work when the association had to end")]
    public static partial void DrainTimedOut(ILogger logger, string peer);

    [LoggerMessage(1911, LogLevel.Warning, "The report of a storage commitment could not be given to {Peer}: {Reason}")]
    public static partial void ReportUnsent(ILogger logger, string peer, string reason);

    [LoggerMessage(1912, LogLevel.Information, "{Done} instances given to {Destination} for {Peer}")]
    public static partial void Moved(ILogger logger, string peer, string destination, int done);

    [LoggerMessage(1913, LogLevel.Warning, "An instance could not be given for {Peer}: {Fault}")]
    public static partial void InstanceNotGiven(ILogger logger, string peer, string fault);

    [LoggerMessage(1914, LogLevel.Information, "A procedure step of {Peer} was refused: {Code}")]
    public static partial void StepRefused(ILogger logger, string peer, RejectionCode code);

    [LoggerMessage(1915, LogLevel.Warning, "{Destination} could not be called for {Peer}: {Reason}")]
    public static partial void DestinationUnreached(ILogger logger, string destination, string peer, string reason);
}
