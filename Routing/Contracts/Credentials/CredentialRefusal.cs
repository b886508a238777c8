using System.Globalization;
using System.Security.Claims;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Credentials;

/// <summary>
/// Carries the reason why a credential was refused to whoever answers the request, in the user of the request: that user is not signed in.
/// </summary>
public static class CredentialRefusal
{
    private const string Code = "ehealthplus:refusal-code";
    private const string Detail = "ehealthplus:refusal-detail";

    public static ClaimsPrincipal UserOf(Rejection refusal) => new(new ClaimsIdentity(
        [new(Code, ((int)refusal.Code).ToString(CultureInfo.InvariantCulture)), new(Detail, refusal.Detail)]));

    /// <returns>Null where no credential was refused.</returns>
    public static Rejection? Of(ClaimsPrincipal user) =>
        user.FindFirst(Code) is { } code && user.FindFirst(Detail) is { } detail
            ? new((RejectionCode)int.Parse(code.Value, CultureInfo.InvariantCulture), detail.Value)
            : null;
}
