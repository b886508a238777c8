using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Sagas.Bus;
using EHealthPlus.Routing.Sagas.Deposits;
using EHealthPlus.Routing.Sagas.Recovery;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.Sagas;

public static class SagaRegistration
{
    /// <summary>
    /// Registers the deposit saga, the recovery at start, <see cref="IQuarantine"/> and the in-process bus.
    /// Needs IDepositProcessor, IDepositFlow, the ports of the store, TimeProvider and logging.
    /// </summary>
    public static IServiceCollection AddDepositSagas(this IServiceCollection services, SagaOptions options)
    {
        services
            .AddSingleton(options)
            .AddSingleton(new RetrySchedule(options, Random.Shared.NextDouble))
            .AddSingleton<DepositAttempt>()
            .AddSingleton(provider => new DepositStateMachine(provider.GetRequiredService<DepositAttempt>()))
            .AddSingleton<ISagaRepository<DepositSaga>, DepositSagaRepository>()
            .AddSingleton<IDepositDispatch, DepositDispatch>()
            .AddSingleton<IQuarantine, Quarantine>();
        services.AddOptions<MassTransitHostOptions>().Configure(host => host.WaitUntilStarted = true);
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingInMemory((context, transport) =>
            {
                // The message is one number: MassTransit's envelope around it was twice the work.
                transport.UseRawJsonSerializer(RawSerializerOptions.All, isDefault: true);
                transport.ReceiveEndpoint(DepositEndpoint.QueueName, endpoint => DepositEndpoint.Configure(endpoint, context));
            });
        });

        // After the bus, so that it starts when the bus runs.
        return services.AddHostedService<UnfinishedWork>();
    }
}
