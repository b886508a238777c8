using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Imaging.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.Imaging;

public static class InstanceIntakeRegistration
{
    /// <summary>
    /// Registers <see cref="IInstanceIntake"/>. Needs <see cref="IInstanceScanner"/>, <see cref="IInstanceStore"/>, IRegistry, ICertificateCheck,
    /// TimeProvider and logging.
    /// </summary>
    public static IServiceCollection AddInstanceIntake(this IServiceCollection services, InstanceIntakeOptions options) => services
        .AddSingleton(options)
        .AddSingleton<SenderCheck>()
        .AddSingleton<IInstanceIntake, InstanceIntake>();
}
