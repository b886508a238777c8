using EHealthPlus.Endpoints.Hub;

try
{
    await using var hub = HubApplication.Build(args);
    await hub.RunAsync();
    return 0;
}
catch (Exception fault) when (fault is FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
{
    // What the operator can mend is said in a line; a stack trace would hide it.
    await Console.Error.WriteLineAsync($"The hub cannot start: {fault.Message}");
    return 1;
}
