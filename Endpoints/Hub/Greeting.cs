using System.Net;

namespace EHealthPlus.Endpoints.Hub;

/// <summary>Tells the person who started the hub where it is.</summary>
internal sealed class Greeting(IPEndPoint http, IPEndPoint mllp, string dataDirectory, string uploads) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"""
            eHealth+ hub is ready.
              console      http://{http}/
              FHIR         http://{http}/fhir
              HL7 v2       mllp://{mllp}
              files        {uploads}/SOURCE/in
              credentials  {Path.Combine(dataDirectory, "credentials.json")}
            """);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
