using System.Buffers;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.FhirToHl7v2;

namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>--receiver APP^FACILITY: whom a written message is for.</summary>
internal static class ReceiverOption
{
    private static readonly SearchValues<char> Delimiters = SearchValues.Create("|~\\&\r\n");

    /// <param name="receiver">Null where the message keeps the receiver that it had.</param>
    /// <returns>The address, its control id still empty: each message gets its own. Rejection: BodyInvalid.</returns>
    public static Result<ReceiverAddress> Read(string? receiver, string characterSet)
    {
        var parts = receiver?.Split('^') ?? [];
        if (receiver is not null && (parts.Length > 2 || parts[0].Length == 0 || receiver.AsSpan().ContainsAny(Delimiters)))
            return new Rejection(RejectionCode.BodyInvalid, "--receiver is an application, or an application and a facility: APP^FACILITY");
        return new ReceiverAddress(null, null, parts.ElementAtOrDefault(0), parts.ElementAtOrDefault(1), "", TimeProvider.System.GetUtcNow(), characterSet);
    }
}
