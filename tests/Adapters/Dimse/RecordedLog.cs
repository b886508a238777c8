using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>Keeps what was logged at Information and above.</summary>
public sealed class RecordedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, int Event, string Text)> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Entries.Enqueue((logLevel, eventId.Id, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
