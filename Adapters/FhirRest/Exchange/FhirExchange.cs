using System.Data.Common;
using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>Answers one interaction.</summary>
internal delegate Task<FhirAnswer> Answering(FhirRequest request, CancellationToken cancellationToken);

/// <summary>
/// What every request goes through: format, bearer, type, then the interaction. Whatever happens, the answer is FHIR:
/// a fault becomes an OperationOutcome, with a log line that holds no data.
/// </summary>
internal sealed class FhirExchange(ILogger<FhirExchange> logger)
{
    /// <param name="interaction">For the log.</param>
    /// <param name="answering">Null for the capability statement, which anybody may read.</param>
    public async Task HandleAsync(HttpContext context, Interaction interaction, Answering? answering)
    {
        var cancellationToken = context.RequestAborted;
        AnswerWriting.SecureHeaders(context.Response);
        try
        {
            var answer = await AnswerAsync(context, interaction, answering, cancellationToken);
            await AnswerWriting.WriteAsync(context, answer, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client is gone: there is nobody to answer.
            context.Abort();
        }
        catch (Exception fault)
        {
            await AnswerFaultAsync(context, interaction, fault, cancellationToken);
        }
    }

    /// <summary>Any address below /fhir that no interaction has.</summary>
    public Task HandleStrangerAsync(HttpContext context) =>
        HandleAsync(context, Interaction.Capabilities, (request, _) => Task.FromResult(Stranger(request.Http)));

    private static FhirAnswer Stranger(HttpRequest http)
    {
        // The group is mapped at /fhir, so the path begins with it.
        var methods = InteractionRoute.MethodsOf(http.Path.Value!["/fhir".Length..]);
        if (!methods.Accepted) return FhirAnswer.Refused(methods.Rejection);
        return FhirAnswer.Refused(new Rejection(RejectionCode.InteractionUnsupported, "The capability statement at /fhir/metadata lists the interactions")) with { Allow = methods.Value };
    }

    private static async Task<FhirAnswer> AnswerAsync(HttpContext context, Interaction interaction, Answering? answering, CancellationToken cancellationToken)
    {
        var http = context.Request;
        if (ContentNegotiation.RefuseAnswer(http) is { } unacceptable) return FhirAnswer.Refused(unacceptable);
        if (answering is null) return CapabilityStatement.Answer(FhirRequest.BaseUrlOf(http));
        if (AccessPrincipal.From(context.User) is not { } principal)
        {
            return FhirAnswer.Refused(CredentialRefusal.Of(context.User) ?? (http.Headers.Authorization.Count == 0
                ? new Rejection(RejectionCode.CredentialMissing, "Send Authorization: Bearer")
                : new Rejection(RejectionCode.CredentialInvalid, "The token is not known, or no longer valid")));
        }

        var stated = principal.ForPurpose(http.Headers[PurposeCode.Header]);
        if (!stated.Accepted) return FhirAnswer.Refused(stated.Rejection, $"http.{PurposeCode.Header}");
        ResourceType? type = null;
        if (http.RouteValues["type"] is string named)
        {
            type = ResourceType.Find(named);
            if (type is null || !type.Supports(interaction)) return Stranger(http);
        }

        if (ScopeCheck.Refusal(context.User, interaction, type) is { } outOfScope) return FhirAnswer.Refused(outOfScope);

        return await answering(new(http, stated.Value, type, http.RouteValues["id"] as string, http.RouteValues["version"] as string), cancellationToken);
    }

    private async Task AnswerFaultAsync(HttpContext context, Interaction interaction, Exception fault, CancellationToken cancellationToken)
    {
        var name = CapabilityStatement.CodeOf(interaction);
        var rejection = fault switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Rejection(RejectionCode.BodyTooLarge, "The body is larger than the server takes"),
            BadHttpRequestException => new Rejection(RejectionCode.BodyInvalid, "The body broke off, or was sent too slowly"),
            RejectedException refused => refused.Rejection,
            DbException or IOException or TimeoutException => new Rejection(RejectionCode.StoreUnavailable, "Try again"),
            _ => new Rejection(RejectionCode.InternalFault, "Try again; if it stays, tell the operator the time of this answer"),
        };
        if (rejection.Code == RejectionCode.StoreUnavailable) FhirRestLog.StoreFailed(logger, name, fault.GetType().Name);
        else if (rejection.Code == RejectionCode.InternalFault) FhirRestLog.Failed(logger, name, fault.GetType().FullName!, fault.StackTrace);

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        AnswerWriting.SecureHeaders(context.Response);
        await AnswerWriting.WriteAsync(context, FhirAnswer.Refused(rejection), cancellationToken);
    }
}
