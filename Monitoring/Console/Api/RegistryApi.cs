using System.Text.RegularExpressions;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>Providers, service locations and sources: read by those who watch, registered and changed by administrators.</summary>
internal static partial class RegistryApi
{
    private static readonly byte[] Unmarked = "MSH|^~\\&|A|B|||20260101||ADT^A08|1|P|2.5.1\r"u8.ToArray();

    public static Task ListProvidersAsync(Visit visit) => Json.WriteAsync(visit.Http, visit.Get<IRegistry>().Providers);

    public static Task ListLocationsAsync(Visit visit) => Json.WriteAsync(visit.Http, visit.Get<IRegistry>().ServiceLocations);

    public static Task ListSourcesAsync(Visit visit) => Json.WriteAsync(visit.Http, visit.Get<IRegistry>().Sources);

    public static Task SaveProviderAsync(Visit visit) => SaveAsync<Provider>(
        visit, "provider", provider => provider.Id,
        provider => !Enum.IsDefined(provider.Kind) ? "kind is not known" : Named(provider.Name),
        (registry, provider) => registry.SaveAsync(provider with { NameChinese = provider.NameChinese ?? "" }, visit.Aborted));

    public static Task SaveLocationAsync(Visit visit) => SaveAsync<ServiceLocation>(
        visit, "service-location", location => location.Id,
        location => visit.Get<IRegistry>().GetProvider(location.ProviderId ?? "") is null ? "providerId is not registered" : Named(location.Name),
        (registry, location) => registry.SaveAsync(location with { NameChinese = location.NameChinese ?? "" }, visit.Aborted));

    public static Task SaveSourceAsync(Visit visit) => SaveAsync<Source>(
        visit, "source", source => source.Id, source => ProblemOf(source, visit.Get<IRegistry>(), visit.Get<IMessageReader>()),
        (registry, source) => registry.SaveAsync(source with { CertificateThumbprint = source.CertificateThumbprint?.ToUpperInvariant() }, visit.Aborted));

    private static string? ProblemOf(Source source, IRegistry registry, IMessageReader reader)
    {
        if (registry.GetServiceLocation(source.ServiceLocationId ?? "") is not { } location) return "serviceLocationId is not registered";
        if (!string.Equals(location.ProviderId, source.ProviderId, StringComparison.Ordinal)) return "providerId is not the provider of the service location";
        if (string.IsNullOrEmpty(source.SendingApplication)) return "sendingApplication is empty";
        if (string.IsNullOrEmpty(source.SendingFacility)) return "sendingFacility is empty";
        if (registry.FindSource(source.SendingApplication, source.SendingFacility) is { } taken && !string.Equals(taken.Id, source.Id, StringComparison.Ordinal)) return $"source {taken.Id} already sends as this application and facility";
        // The reader knows the character sets: a message without MSH-18 is read in its source's.
        if (string.IsNullOrEmpty(source.DefaultCharacterSet) || reader.Read(Unmarked, (_, _) => source) is { Rejection.Code: RejectionCode.CharacterSetUnknown })
            return "defaultCharacterSet is not one that the hub reads, as HL7 table 0211 writes it: UNICODE UTF-8, 8859/1, BIG-5, GB 18030-2000";
        if (source.UtcOffset is { } offset && !Offset().IsMatch(offset)) return "utcOffset is not written as +08:00";
        return source.CertificateThumbprint is { } thumbprint && !Thumbprint().IsMatch(thumbprint) ? "certificateThumbprint is not 64 hexadecimal digits" : null;
    }

    private static string? Named(string? name) => string.IsNullOrWhiteSpace(name) ? "name is empty" : null;

    private static async Task SaveAsync<T>(Visit visit, string kind, Func<T, string?> idOf, Func<T, string?> problemOf, Func<IRegistry, T, Task> save)
        where T : class
    {
        if (await Body.ReadAsync<T>(visit, kind) is not { } record) return;
        if (!Id().IsMatch(idOf(record) ?? ""))
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, "id is not 1 to 64 lower-case letters, digits and hyphens");
            return;
        }

        if (problemOf(record) is { } problem)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, problem);
            return;
        }

        await visit.RecordAsync(AuditAction.Register, null, $"{kind}/{idOf(record)}", permitted: true, "api");
        await save(visit.Get<IRegistry>(), record);
        await Json.WriteAsync(visit.Http, record);
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?\\z")]
    internal static partial Regex Id();

    [GeneratedRegex("^[+-](0[0-9]|1[0-4]):[0-5][0-9]\\z")]
    private static partial Regex Offset();

    [GeneratedRegex("^[0-9A-Fa-f]{64}\\z")]
    private static partial Regex Thumbprint();
}
