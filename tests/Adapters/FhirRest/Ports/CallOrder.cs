namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class CallOrder
{
    public List<string> Calls { get; } = [];

    public void Note(string call)
    {
        lock (Calls) Calls.Add(call);
    }
}
