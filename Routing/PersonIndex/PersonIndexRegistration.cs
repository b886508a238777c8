using EHealthPlus.Routing.Contracts.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.PersonIndex;

public static class PersonIndexRegistration
{
    /// <summary>Registers <see cref="IPersonIndex"/>. Needs IPersonStore, IConsentStore and TimeProvider.</summary>
    public static IServiceCollection AddPersonIndex(this IServiceCollection services) => services.AddSingleton<IPersonIndex, PersonMasterIndex>();
}
