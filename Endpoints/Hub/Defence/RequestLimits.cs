using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using EHealthPlus.Adapters.FhirRest;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.RateLimiting;

namespace EHealthPlus.Endpoints.Hub.Defence;

/// <summary>
/// How often one address may try what can be guessed (sign-in, codes of invitations, assertions for tokens), and how many requests one credential,
/// or one address without any, may send. More is answered with 429 and Retry-After (RFC 6585 section 4).
/// </summary>
/// <remarks>A program on this machine is not counted while the settings say nothing: a limit that they say holds for it too.</remarks>
internal sealed class RequestLimits(int? guessesPerMinute, int? requestsPerSecond)
{
    /// <summary>A hospital's staff at one gateway, at the change of shifts; its systems fetch a token every five minutes.</summary>
    public const int GuessesPerMinute = 120;

    public const int RequestsPerSecond = 300;

    /// <summary>So many seconds' worth may come at once.</summary>
    private const int Burst = 5;

    private static readonly HashSet<string> Guessable = new(StringComparer.OrdinalIgnoreCase)
    {
        "/sign-in", "/invitation", "/oauth/token", "/api/sign-in", "/api/invitations/open", "/api/invitations/accept",
    };

    public RateLimiterOptions Options() => new()
    {
        GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (bool Guess, string Who)>(PartitionOf),
        OnRejected = static (rejected, _) => new(RefuseAsync(rejected.HttpContext, rejected.Lease)),
    };

    internal static bool IsGuess(HttpRequest request) => HttpMethods.IsPost(request.Method) && Guessable.Contains(request.Path.Value?.TrimEnd('/') ?? "");

    /// <summary>A host owns a whole /64 of IPv6 addresses, and may use each of them once.</summary>
    internal static string Whereabouts(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private RateLimitPartition<(bool Guess, string Who)> PartitionOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        var guess = IsGuess(http.Request);
        var said = guess ? guessesPerMinute : requestsPerSecond;
        if (said is null && address is not null && IPAddress.IsLoopback(address)) return RateLimitPartition.GetNoLimiter((guess, ""));
        if (guess)
        {
            return RateLimitPartition.GetSlidingWindowLimiter((true, Whereabouts(address)), _ => new()
            {
                PermitLimit = said ?? GuessesPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0,
            });
        }

        var who = AccessPrincipal.From(http.User) is { } principal ? $"{principal.Name} {principal.ProviderId}" : Whereabouts(address);
        return RateLimitPartition.GetTokenBucketLimiter((false, who), _ => new()
        {
            TokenLimit = (said ?? RequestsPerSecond) * Burst, TokensPerPeriod = said ?? RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        });
    }

    private static Task RefuseAsync(HttpContext http, RateLimitLease lease)
    {
        // A window that slides does not say when the next permit comes: a part of it is over in ten seconds.
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var refusal = new Rejection(RejectionCode.TooManyRequests, "Wait as long as Retry-After says, and send it again");
        return http.Request.Path.StartsWithSegments("/fhir", StringComparison.Ordinal) ? FhirRestRoutes.RefuseAsync(http, refusal) : AnswerGuard.AnswerAsync(http, refusal);
    }
}
