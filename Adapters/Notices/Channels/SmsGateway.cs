using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using EHealthPlus.Routing.Contracts.Notices;

namespace EHealthPlus.Adapters.Notices.Channels;

/// <summary>
/// POSTs {"to", "text", "key"} to the gateway, with the key in Idempotency-Key too (the IETF httpapi draft): the gateway sends a key once,
/// however often it comes.
/// </summary>
internal sealed class SmsGateway(HttpClient http, NoticeOptions options) : IChannel
{
    public NoticeChannel Channel => NoticeChannel.Sms;

    public async Task<Delivery> SendAsync(NoticeMessage message, CancellationToken cancellationToken)
    {
        if (options.SmsGateway is not { } gateway || message.Address is not { } number) return Delivery.Refused;
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway) { Content = JsonContent.Create(new { to = number, text = message.Text, key = message.Key }) };
        request.Headers.Add("Idempotency-Key", message.Key);
        if (options.SmsToken is { Length: > 0 } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.IsSuccessStatusCode) return Delivery.Sent;
            // The number is at fault; anything else is the gateway's, or our settings', and passes.
            return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity ? Delivery.Refused : Delivery.Failed;
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Delivery.Failed;
        }
    }
}
