using System.Net;
using EHealthPlus.Endpoints.Hub.Settings;

namespace EHealthPlus.Endpoints.Hub.Start;

/// <summary>Tells the person who started the hub where it is.</summary>
internal sealed class Greeting(HubSettings settings, IPEndPoint http, IPEndPoint mllp, IPEndPoint dicom, string dataDirectory, string uploads) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var web = settings.HttpTls.On ? "https" : "http";
        Console.WriteLine($"""
            eHealth+ hub is ready.
              console      {web}://{http}/
              FHIR         {web}://{http}/fhir
              HL7 v2       mllp://{mllp}{(settings.MllpTls.On ? " over TLS" : "")}
              DICOM        {settings.DicomAeTitle}@{dicom}{(settings.DicomTls.On ? " over TLS" : "")}, {web}://{http}/dicomweb
              files        {uploads}/SOURCE/in
              credentials  {(settings.EmbeddedTokens ? Path.Combine(dataDirectory, "credentials.json") : "accounts and clients only (Hub__EmbeddedTokens is false)")}
            """);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
