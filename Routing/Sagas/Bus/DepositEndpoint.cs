using EHealthPlus.Routing.Sagas.Deposits;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.Sagas.Bus;

/// <summary>The queue of the deposits, the same on every transport.</summary>
public static class DepositEndpoint
{
    public const string QueueName = "deposits";

    internal static readonly Uri Address = new($"queue:{QueueName}");

    /// <summary>Connects the state machine to the queue.</summary>
    public static void Configure(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
    {
        var options = services.GetRequiredService<SagaOptions>();
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = options.Concurrency;
        endpoint.ConcurrentMessageLimit = options.Concurrency;
        endpoint.StateMachineSaga(services.GetRequiredService<DepositStateMachine>(), services.GetRequiredService<ISagaRepository<DepositSaga>>());
    }
}
