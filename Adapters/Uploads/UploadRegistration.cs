using EHealthPlus.Adapters.Uploads.Feeding;
using EHealthPlus.Adapters.Uploads.Http;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Uploads;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Adapters.Uploads;

/// <summary>Files as a way in: watched folders, and POST /uploads. The host registers IMessageIntake, IRegistry and TimeProvider.</summary>
public static class UploadRegistration
{
    public static IServiceCollection AddUploads(this IServiceCollection services, UploadOptions options) => services
        .AddSingleton(options)
        .AddSingleton<UploadRegister>()
        .AddSingleton<IUploads>(provider => provider.GetRequiredService<UploadRegister>())
        .AddSingleton<FeedFaults>()
        .AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<FeedFaults>())
        .AddSingleton<SliceTurns>()
        .AddSingleton<MessageOffer>()
        .AddSingleton<UploadReceiving>()
        .AddHostedService<UploadFeeds>();

    /// <summary>POST /uploads, GET /uploads/{id}, GET /uploads/{id}/answer; authentication must have run before.</summary>
    public static IEndpointRouteBuilder MapUploads(this IEndpointRouteBuilder endpoints)
    {
        UploadRoutes.Map(endpoints);
        return endpoints;
    }
}
