using System.Collections.Concurrent;
using System.Net.Sockets;
using EHealthPlus.Endpoints.Hub;
using EHealthPlus.Tests.Security.Attacking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Security.Transport;

/// <summary>A fault that nobody thought of, forced on the hub as it is put together, also where the environment says Development.</summary>
public sealed class FaultIsNotShownTest
{
    private const string Secret = "SELECT name FROM person WHERE hkid='A1234563' at /srv/hub/hub.db";

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Nothing_of_it_leaves_and_the_log_has_its_type_and_not_its_words(string environment)
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Next();
        await using (var hub = HubApplication.Build([$"--environment={environment}", $"--Hub:DataDirectory={folder.Path}", $"--Hub:Http=127.0.0.1:{port}", "--Hub:Mllp=127.0.0.1:0", "--Hub:Dicom=127.0.0.1:0"]))
        {
            var kept = new KeptLog();
            hub.Services.GetRequiredService<ILoggerFactory>().AddProvider(kept);
            hub.MapGet("/fault", IResult () => throw new InvalidOperationException(Secret));
            hub.MapGet("/late-fault", async (HttpContext http) =>
            {
                await http.Response.WriteAsync("begun");
                await http.Response.Body.FlushAsync();
                throw new InvalidOperationException(Secret);
            });
            await hub.StartAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

            var answer = await Judged.AskAsync(client, "GET", "/fault");
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync("/late-fault"));
            await hub.StopAsync(TestContext.Current.CancellationToken);

            Assert.Equal(500, answer.Status);
            Assert.Contains("\"rejection\":900", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(answer.Faults(), fault => fault.Contains("tells", StringComparison.Ordinal));
            Assert.Contains(kept.Lines, line => line.Contains(nameof(InvalidOperationException), StringComparison.Ordinal));
            Assert.DoesNotContain(kept.Lines, line => line.Contains("A1234563", StringComparison.Ordinal));
        }
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
