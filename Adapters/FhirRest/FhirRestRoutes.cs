using EHealthPlus.Adapters.FhirRest.Audit;
using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Identity;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Adapters.FhirRest.Registration;
using EHealthPlus.Adapters.FhirRest.Search;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EHealthPlus.Adapters.FhirRest;

/// <summary>The FHIR R4 interface of the hub, below /fhir.</summary>
public static class FhirRestRoutes
{
    /// <summary>
    /// Registers the interface. The ports IRecordReader, IPersonStore, IPersonLinks, IPersonIndex, IConsentStore, ISubstituteDecisionMakerStore, IAccessPolicy, IRecordAccess, IAuditTrail, IAuditReader
    /// and IRegistry and IProfessionals come from other rooms.
    /// </summary>
    public static IServiceCollection AddFhirRest(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<FhirExchange>().AddSingleton<RecordGate>().AddSingleton<PageCursor>().AddSingleton<SearchPaging>()
            .AddSingleton<ResourceFinder>().AddSingleton<ReadInteractions>()
            .AddSingleton<SearchSubject>().AddSingleton<PatientSearch>().AddSingleton<DemographicSearch>().AddSingleton<RegistrarDoor>().AddSingleton<MatchOperation>().AddSingleton<PixOperation>().AddSingleton<ConsentSearch>().AddSingleton<SubstituteDecisionMakerSearch>().AddSingleton<RecordSearch>().AddSingleton<ProfessionalSearch>().AddSingleton<InclusionFinder>()
            .AddSingleton<SearchInteraction>().AddSingleton<EverythingOperation>()
            .AddSingleton<AuditEventInteractions>().AddSingleton<ConsentDesk>().AddSingleton<ConsentInteractions>().AddSingleton<SubstituteDecisionMakerInteractions>().AddSingleton<EnrolmentTransaction>();
    }

    /// <summary>
    /// Maps the interface. Authentication has to run before it, so that HttpContext.User is known; the interface itself
    /// answers who has no credential, so that the refusal is an OperationOutcome.
    /// </summary>
    public static IEndpointConventionBuilder MapFhirRest(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var exchange = services.GetRequiredService<FhirExchange>();
        var group = endpoints.MapGroup("/fhir").WithMetadata(new AllowAnonymousAttribute());
        foreach (var route in InteractionRoute.All)
        {
            var answering = AnsweringOf(route.Interaction, services);
            RequestDelegate handle = context => exchange.HandleAsync(context, route.Interaction, answering);
            group.MapMethods(route.Template, route.Methods, handle);
        }

        RequestDelegate stranger = context => exchange.HandleStrangerAsync(context);
        group.Map("{**path}", stranger);
        return group;
    }

    /// <summary>Answers, as this interface would, what the host refused before it came here.</summary>
    public static Task RefuseAsync(HttpContext context, Rejection refusal)
    {
        AnswerWriting.SecureHeaders(context.Response);
        return AnswerWriting.WriteAsync(context, FhirAnswer.Refused(refusal), context.RequestAborted);
    }

    private static Answering? AnsweringOf(Interaction interaction, IServiceProvider services) => interaction switch
    {
        Interaction.Capabilities => null,
        Interaction.Transaction => services.GetRequiredService<EnrolmentTransaction>().AnswerAsync,
        Interaction.Read or Interaction.Vread => services.GetRequiredService<ReadInteractions>().ReadAsync,
        Interaction.HistoryInstance => services.GetRequiredService<ReadInteractions>().HistoryAsync,
        Interaction.SearchType => services.GetRequiredService<SearchInteraction>().AnswerAsync,
        Interaction.Create => OfType(services.GetRequiredService<ConsentInteractions>().CreateAsync, services.GetRequiredService<SubstituteDecisionMakerInteractions>().CreateAsync),
        Interaction.Update => OfType(services.GetRequiredService<ConsentInteractions>().UpdateAsync, services.GetRequiredService<SubstituteDecisionMakerInteractions>().UpdateAsync),
        Interaction.Match => services.GetRequiredService<MatchOperation>().AnswerAsync,
        Interaction.Pix => services.GetRequiredService<PixOperation>().AnswerAsync,
        Interaction.Everything => services.GetRequiredService<EverythingOperation>().AnswerAsync,
        _ => throw new ArgumentOutOfRangeException(nameof(interaction)),
    };

    private static Answering OfType(Answering consent, Answering substitute) =>
        (request, cancellationToken) => request.Type!.Name == "RelatedPerson" ? substitute(request, cancellationToken) : consent(request, cancellationToken);
}
