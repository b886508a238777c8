using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Credentials.Certificates;
using EHealthPlus.Routing.Credentials.Machines;
using EHealthPlus.Routing.Credentials.People;
using EHealthPlus.Routing.Credentials.Tickets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.Credentials;

public static class CredentialsRegistration
{
    /// <summary>
    /// Registers <see cref="ICertificateCheck"/>, <see cref="ICertificateAuthority"/> and <see cref="ServerCertificate"/>. Needs the ports of
    /// the store, IRegistry and TimeProvider.
    /// </summary>
    /// <param name="folder">Where the authority's keys are kept.</param>
    /// <param name="serverNames">DNS names and addresses that the hub's ports are reached by.</param>
    public static IServiceCollection AddCertificates(this IServiceCollection services, string folder, IReadOnlyList<string> serverNames) => services
        .AddSingleton(new AuthorityFiles(folder))
        .AddSingleton<ICertificateCheck, CertificateCheck>()
        .AddSingleton<CertificateAuthority>()
        .AddSingleton<ICertificateAuthority>(rooms => rooms.GetRequiredService<CertificateAuthority>())
        .AddSingleton(rooms => new ServerCertificate(
            rooms.GetRequiredService<CertificateAuthority>(), rooms.GetRequiredService<AuthorityFiles>(), serverNames, rooms.GetRequiredService<TimeProvider>()));

    /// <summary>
    /// Registers <see cref="IPersonSignIn"/>, <see cref="IConsoleSessions"/>, <see cref="IPersonEnrolment"/>, <see cref="IMachineTokens"/>, <see cref="Standing"/> and, for the
    /// tokens that they give, <see cref="TicketCheck"/>: the host's <see cref="ICredentialCheck"/> asks it. Needs the ports of the store, IRegistry, ICertificateCheck and TimeProvider.
    /// </summary>
    /// <param name="keys">Folder of the keys of the framework's Data Protection.</param>
    public static IServiceCollection AddPeopleAndMachines(this IServiceCollection services, string keys)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(keys);
        else Directory.CreateDirectory(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        services.AddDataProtection().SetApplicationName("eHealth+ hub").PersistKeysToFileSystem(new(keys));
        return services
            .AddSingleton<TicketSeal>()
            .AddSingleton(rooms => new TicketCheck(
                rooms.GetRequiredService<TicketSeal>(), rooms.GetRequiredService<IPersonAccounts>(), rooms.GetRequiredService<IMachineClients>(),
                rooms.GetRequiredService<Standing>(), rooms.GetRequiredService<TimeProvider>()))
            .AddSingleton<Standing>()
            .AddSingleton<IConsoleSessions, ConsoleSessions>()
            .AddSingleton<Secrets>()
            .AddSingleton<IPersonSignIn, PersonSignIn>()
            .AddSingleton<IPersonEnrolment, PersonEnrolment>()
            .AddSingleton<IMachineTokens, MachineTokens>();
    }
}
