using EHealthPlus.Routing.Contracts.Access;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.Policy;

public static class AccessPolicyRegistration
{
    /// <summary>Registers <see cref="IAccessPolicy"/> and <see cref="IRecordAccess"/>.</summary>
    public static IServiceCollection AddAccessPolicy(this IServiceCollection services) =>
        services.AddSingleton<IAccessPolicy, AccessPolicy>().AddSingleton<IRecordAccess, RecordAccessByPolicy>();
}
