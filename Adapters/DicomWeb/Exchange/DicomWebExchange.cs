using System.Data.Common;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.DicomWeb.Exchange;

/// <summary>Answers one request, or gives back the refusal where nothing has been answered yet.</summary>
internal delegate Task<Rejection?> Answering(DicomWebRequest request, CancellationToken cancellationToken);

/// <summary>What a request is for: decides on the scope that a machine's token needs.</summary>
internal enum Transaction
{
    Search = 1,
    Retrieve = 2,
    Store = 3,
}

/// <summary>What every request goes through: bearer, scope, purpose, address, then its transaction. Whatever happens is answered with a number.</summary>
internal sealed class DicomWebExchange(ILogger<DicomWebExchange> logger)
{
    private const string ScopedType = "ImagingStudy";

    public async Task HandleAsync(HttpContext context, Transaction transaction, Answering answering)
    {
        var cancellationToken = context.RequestAborted;
        try
        {
            if (await AnswerAsync(context, transaction, answering, cancellationToken) is { } refusal) await RefuseAsync(context, transaction, refusal, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The client is gone: there is nobody to answer.
            context.Abort();
        }
        catch (Exception fault)
        {
            await RefuseAsync(context, transaction, RefusalOf(fault, transaction), cancellationToken);
        }
    }

    /// <summary>Any address below the root that has no transaction.</summary>
    public static Task HandleStrangerAsync(HttpContext context) => Refusal.WriteAsync(
        context,
        HttpMethods.IsGet(context.Request.Method)
            ? new(RejectionCode.ResourceNotFound, "No resource of PS3.18 has this address here")
            : new(RejectionCode.InteractionUnsupported, "The hub takes GET, and POST to studies"),
        context.RequestAborted);

    private static async Task<Rejection?> AnswerAsync(HttpContext context, Transaction transaction, Answering answering, CancellationToken cancellationToken)
    {
        var http = context.Request;
        if (AccessPrincipal.From(context.User) is not { } principal)
        {
            return CredentialRefusal.Of(context.User) ?? (http.Headers.Authorization.Count == 0
                ? new Rejection(RejectionCode.CredentialMissing, "Send Authorization: Bearer")
                : new Rejection(RejectionCode.CredentialInvalid, "The token is not known, or no longer valid"));
        }

        if (!InScope(context, transaction)) return new Rejection(RejectionCode.ScopeInsufficient, $"It takes the scope {ScopeOf(transaction)}");
        var stated = principal.ForPurpose(http.Headers[PurposeCode.Header]);
        if (!stated.Accepted) return stated.Rejection;
        var request = DicomWebRequest.Read(context, stated.Value);
        return request.Accepted ? await answering(request.Value, cancellationToken) : request.Rejection;
    }

    private static bool InScope(HttpContext context, Transaction transaction) => transaction switch
    {
        Transaction.Search => SmartScope.Allows(context.User, 's', ScopedType),
        Transaction.Retrieve => SmartScope.Allows(context.User, 'r', ScopedType),
        _ => context.User.FindFirst(SmartScope.Claim) is null || context.User.HasClaim(SmartScope.Claim, SmartScope.Upload),
    };

    private static string ScopeOf(Transaction transaction) => transaction switch
    {
        Transaction.Search => $"system/{ScopedType}.s",
        Transaction.Retrieve => $"system/{ScopedType}.r",
        _ => SmartScope.Upload,
    };

    private async Task RefuseAsync(HttpContext context, Transaction transaction, Rejection refusal, CancellationToken cancellationToken)
    {
        if (context.Response.HasStarted)
        {
            DicomWebLog.BrokenOff(logger, transaction.ToString(), refusal.ToString());
            context.Abort();
            return;
        }

        context.Response.Clear();
        await Refusal.WriteAsync(context, refusal, cancellationToken);
    }

    private Rejection RefusalOf(Exception fault, Transaction transaction)
    {
        switch (fault)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new(RejectionCode.BodyTooLarge, "The body is larger than this address takes");
            case BadHttpRequestException:
                return new(RejectionCode.BodyInvalid, "The body broke off, or was sent too slowly");
            case RejectedException refused:
                return refused.Rejection;
            case DbException or IOException or TimeoutException:
                DicomWebLog.StoreFailed(logger, transaction.ToString(), fault.GetType().Name);
                return new(RejectionCode.StoreUnavailable, "Try again");
            default:
                DicomWebLog.Failed(logger, transaction.ToString(), fault.GetType().FullName!, fault.StackTrace);
                return new(RejectionCode.InternalFault, "Try again; if it stays, tell the operator the time of this answer");
        }
    }
}
