using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Adapters.DicomWeb.Query;
using EHealthPlus.Adapters.DicomWeb.Retrieve;
using EHealthPlus.Adapters.DicomWeb.Store;
using EHealthPlus.Routing.Contracts.Imaging;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EHealthPlus.Adapters.DicomWeb;

/// <summary>The DICOMweb interface of the hub, below /dicomweb: STOW-RS, QIDO-RS and WADO-RS of PS3.18-2024.</summary>
public static class DicomWebRoutes
{
    public const string Root = "/dicomweb";

    private const string Study = "/studies/{study}";
    private const string Series = Study + "/series/{series}";
    private const string Instance = Series + "/instances/{instance}";

    /// <summary>Registers the interface. The ports IImagingRecord, IInstanceIntake, IDataSetWriter, IDicomPeers, IRegistry and IAuditTrail come from other rooms.</summary>
    public static IServiceCollection AddDicomWeb(this IServiceCollection services, DicomWebOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(options).AddSingleton<DicomWebExchange>().AddSingleton<KeptObjects>()
            .AddSingleton<SearchTransaction>().AddSingleton<StoreTransaction>()
            .AddSingleton<ObjectsTransaction>().AddSingleton<MetadataTransaction>().AddSingleton<FramesTransaction>().AddSingleton<BulkDataTransaction>().AddSingleton<RenderedTransaction>();
    }

    /// <summary>Maps the interface. Authentication has to run before it; the interface itself answers who has no credential.</summary>
    public static IEndpointConventionBuilder MapDicomWeb(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var exchange = services.GetRequiredService<DicomWebExchange>();
        var group = endpoints.MapGroup(Root).WithMetadata(new AllowAnonymousAttribute());

        var search = services.GetRequiredService<SearchTransaction>();
        foreach (var (level, templates) in (IEnumerable<(QueryLevel, string[])>)
            [
                (QueryLevel.Study, ["/studies"]),
                (QueryLevel.Series, ["/series", Study + "/series"]),
                (QueryLevel.Instance, ["/instances", Study + "/instances", Series + "/instances"]),
            ])
        {
            foreach (var template in templates) Get(template, Transaction.Search, (request, cancellationToken) => search.AnswerAsync(request, level, cancellationToken));
        }

        var (objects, metadata, rendered) = (services.GetRequiredService<ObjectsTransaction>(), services.GetRequiredService<MetadataTransaction>(), services.GetRequiredService<RenderedTransaction>());
        foreach (var template in (string[])[Study, Series, Instance])
        {
            Get(template, Transaction.Retrieve, objects.AnswerAsync);
            Get(template + "/metadata", Transaction.Retrieve, metadata.AnswerAsync);
            Draw(template);
        }

        Get(Instance + "/frames/{frames}", Transaction.Retrieve, services.GetRequiredService<FramesTransaction>().AnswerAsync);
        Draw(Instance + "/frames/{frames}");
        Get(Instance + "/bulkdata/{**path}", Transaction.Retrieve, services.GetRequiredService<BulkDataTransaction>().AnswerAsync);

        var store = services.GetRequiredService<StoreTransaction>();
        RequestDelegate take = context => exchange.HandleAsync(context, Transaction.Store, store.AnswerAsync);
        group.MapPost("/studies", take);
        group.MapPost(Study, take);

        RequestDelegate stranger = DicomWebExchange.HandleStrangerAsync;
        group.Map("{**path}", stranger);
        return group;

        void Draw(string template)
        {
            Get(template + "/rendered", Transaction.Retrieve, (request, cancellationToken) => rendered.AnswerAsync(request, thumbnail: false, cancellationToken));
            Get(template + "/thumbnail", Transaction.Retrieve, (request, cancellationToken) => rendered.AnswerAsync(request, thumbnail: true, cancellationToken));
        }

        void Get(string template, Transaction transaction, Answering answering)
        {
            RequestDelegate handle = context => exchange.HandleAsync(context, transaction, answering);
            group.MapGet(template, handle);
        }
    }
}
