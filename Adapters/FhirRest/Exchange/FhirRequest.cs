using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Routing.Contracts.Access;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>A request that is routed and whose bearer is known; nothing of it is decided yet.</summary>
/// <param name="Type">The type in the address; null for the whole interface.</param>
internal sealed record FhirRequest(HttpRequest Http, AccessPrincipal Principal, ResourceType? Type, string? Id, string? VersionId)
{
    /// <summary>Address of the interface, without a slash at its end.</summary>
    public string BaseUrl => BaseUrlOf(Http);

    /// <summary>True where the client asks that unknown parameters be passed over (FHIR R4 3.1.1.7). Refusing them is the default here.</summary>
    public bool Lenient => Http.Headers["Prefer"].Any(value => value?.Contains("handling=lenient", StringComparison.OrdinalIgnoreCase) is true);

    public static string BaseUrlOf(HttpRequest http) => $"{http.Scheme}://{http.Host.ToUriComponent()}{http.PathBase.ToUriComponent()}/fhir";

    /// <summary>FHIR R4 id: 1 to 64 letters, digits, hyphens and dots.</summary>
    public static bool IsId(string text) =>
        text.Length is >= 1 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');
}
