using EHealthPlus.Adapters.Notices.Channels;
using EHealthPlus.Adapters.Notices.Http;
using EHealthPlus.Adapters.Notices.Sending;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Registry;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Notices;

/// <summary>Notices to citizens. The host registers INotices, IRegistry, IPersonStore, IAuditTrail and TimeProvider.</summary>
public static class NoticeRegistration
{
    private static readonly TimeSpan GatewayPatience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddNotices(this IServiceCollection services, NoticeOptions options) => services
        .AddSingleton(options)
        .AddSingleton<IChannel>(_ => new SmsGateway(new HttpClient { Timeout = GatewayPatience }, options))
        .AddSingleton<IChannel, SmtpServer>()
        .AddSingleton<IChannel, LetterFolder>()
        .AddHostedService(rooms => new NoticeDispatch(
            rooms.GetRequiredService<INotices>(), rooms.GetServices<IChannel>(), rooms.GetRequiredService<IRegistry>().GetProvider,
            rooms.GetRequiredService<TimeProvider>(), rooms.GetRequiredService<ILogger<NoticeDispatch>>()));

    /// <summary>/notices and /notices/choice; authentication must have run before.</summary>
    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder endpoints)
    {
        NoticeRoutes.Map(endpoints);
        return endpoints;
    }
}
