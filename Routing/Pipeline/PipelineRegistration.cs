using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Pipeline.Intake;
using EHealthPlus.Routing.Pipeline.Processing;
using EHealthPlus.Routing.Pipeline.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.Pipeline;

public static class PipelineRegistration
{
    /// <summary>
    /// Registers <see cref="IMessageIntake"/>, <see cref="IDepositProcessor"/> and <see cref="IDepositFlow"/>. Needs the readers and writers of
    /// Transformers, IResourceMerge, the ports of the store and of the studies, IPersonIndex, IAccessPolicy, IRegistry, ICertificateCheck, TimeProvider and logging.
    /// The sagas open the flow.
    /// </summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services, PipelineOptions options) => services
        .AddSingleton(options)
        .AddSingleton<DepositScheduler>()
        .AddSingleton<IDepositFlow>(provider => provider.GetRequiredService<DepositScheduler>())
        .AddSingleton<Acknowledger>()
        .AddSingleton<SourceCheck>()
        .AddSingleton<IMessageIntake, MessageIntake>()
        .AddSingleton<WorkItems>()
        .AddSingleton<Identification>()
        .AddSingleton<Admission>()
        .AddSingleton<Reconciliation>()
        .AddSingleton<UnmappedCodeCounting>()
        .AddHostedService(provider => provider.GetRequiredService<UnmappedCodeCounting>())
        .AddSingleton<IDepositProcessor, DepositProcessor>()
        .AddHostedService<FlowClosing>();
}
