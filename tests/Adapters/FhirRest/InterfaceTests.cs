namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Each test has an interface of its own.</summary>
public abstract class InterfaceTests : IAsyncLifetime
{
    protected FhirInterface Fhir { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Fhir = await FhirInterface.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Fhir.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
