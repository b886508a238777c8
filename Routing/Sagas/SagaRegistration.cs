using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Sagas.Deposits;
using EHealthPlus.Routing.Sagas.Dispatch;
using EHealthPlus.Routing.Sagas.Recovery;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.Sagas;

public static class SagaRegistration
{
    /// <summary>
    /// Registers the deposit saga, what moves deposits to it, the recovery at start, and <see cref="IQuarantine"/>.
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
            .AddSingleton<DepositDispatch>()
            .AddSingleton<IDepositDispatch>(provider => provider.GetRequiredService<DepositDispatch>())
            .AddSingleton<IQuarantine, Quarantine>();
        services.AddMediator(mediator => mediator.ConfigureMediator((provider, saga) =>
            saga.StateMachineSaga(provider.GetRequiredService<DepositStateMachine>(), provider.GetRequiredService<ISagaRepository<DepositSaga>>())));

        // The first to stop of the two is the last: nothing is taken up again while the rest ends.
        return services.AddHostedService(provider => provider.GetRequiredService<DepositDispatch>()).AddHostedService<UnfinishedWork>();
    }
}
