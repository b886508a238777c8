using EHealthPlus.Endpoints.Hub;
using EHealthPlus.Endpoints.Hub.Start;

var started = false;
try
{
    // Disposed of before the fault is said, so that this is the last line.
    await using var hub = HubApplication.Build(args);
    await hub.StartAsync();
    started = true;
    await hub.WaitForShutdownAsync();
    return 0;
}
catch (OperationCanceledException) when (!started)
{
    await Console.Error.WriteLineAsync("The hub was told to stop before it had started");
    return 0;
}
catch (Exception fault)
{
    await Console.Error.WriteLineAsync(StartFault.Said(started ? "The hub did not end as it should" : "The hub cannot start", fault));
    return 1;
}
