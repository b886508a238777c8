using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Flow;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Monitoring.Console.Sources;

/// <summary>Who is connected: providers, their service locations, and the sources there.</summary>
internal static class SourcesPage
{
    public static async Task ShowAsync(Visit visit)
    {
        var registry = visit.Get<IRegistry>();
        var board = visit.Get<FlowBoard>();
        var lines = SourceLine.All(registry, board.Now(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(60)), await board.DayAsync(visit.Aborted))
            .ToDictionary(line => line.Id, StringComparer.Ordinal);
        var seen = await board.LastSeenAsync(lines.Values, visit.Aborted);

        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{ShellWords.Sources}</h1><span class="hint">{ReferenceWords.ProviderCount.With(registry.Providers.Count, registry.ServiceLocations.Count, registry.Sources.Count)}</span></div>""");
        if (registry.Providers.Count == 0) body.Add($"""<p class="empty panel">{ReferenceWords.NoProviders}</p>""");
        foreach (var provider in registry.Providers.OrderBy(provider => provider.Id, StringComparer.Ordinal)) Provider(body, visit, provider, lines, seen);
        ApplicationEntitiesPanel.Add(body, visit);
        MapFilesPanel.Add(body, visit);
        await PageFrame.WriteAsync(visit, ShellWords.Sources.In(visit.Language), body, "list.js");
    }

    private static void Provider(HtmlBuilder html, Visit visit, Provider provider, Dictionary<string, SourceLine> lines, IReadOnlyDictionary<string, DateTimeOffset?> seen)
    {
        var registry = visit.Get<IRegistry>();
        var (name, other) = Names(html, provider.Name, provider.NameChinese);
        html.Add($"""<section class="panel provider"><h2>{name} <small>{other}</small> <span class="tag">{ReferenceWords.Of(provider.Kind)}</span> <code>{provider.Id}</code>""");
        if (!provider.Active) html.Add($""" <span class="chip refused">{FlowWords.Suspended}</span>""");
        html.Add($"""
            </h2><table class="rows fixed" data-rows><thead><tr><th scope="col" class="w-state">{FlowWords.State}</th><th scope="col" class="w-source">{FlowWords.Source}</th><th scope="col" class="w-place">{DepositWords.Location}</th><th scope="col">{ReferenceWords.SendsAs}</th><th scope="col" class="w-set">{ReferenceWords.Reads}</th>
            <th scope="col" class="w-certificate">{ReferenceWords.Certificate}</th><th scope="col" class="w-seen">{ReferenceWords.LastSeen}</th><th scope="col" class="n w-count">{ReferenceWords.Received24}</th><th scope="col" class="n w-count">{FlowWords.Refused}</th><th scope="col" class="n w-count">{FlowWords.Quarantine}</th></tr></thead><tbody>
            """);
        foreach (var location in registry.ServiceLocations.Where(location => string.Equals(location.ProviderId, provider.Id, StringComparison.Ordinal)).OrderBy(location => location.Id, StringComparer.Ordinal))
        {
            var sources = registry.Sources.Where(source => string.Equals(source.ServiceLocationId, location.Id, StringComparison.Ordinal)).OrderBy(source => source.Id, StringComparer.Ordinal).ToList();
            foreach (var source in sources) Source(html, visit, location, source, lines.GetValueOrDefault(source.Id), seen);
            if (sources.Count == 0) html.Add($"""<tr><td></td><td><em>{ReferenceWords.NoSourceHere}</em></td><td colspan="8">{Names(html, location.Name, location.NameChinese).First} <code>{location.Id}</code></td></tr>""");
        }

        html.Add($"""</tbody></table></section>""");
    }

    private static void Source(HtmlBuilder html, Visit visit, ServiceLocation location, Source source, SourceLine? line, IReadOnlyDictionary<string, DateTimeOffset?> seen)
    {
        var (light, word) = line?.Light ?? ("quiet", FlowWords.Quiet);
        html.Add($"""
            <tr><td><span class="light {light}"><i></i>{word}</span></td><td class="clip"><a href="/deposits?source={Uri.EscapeDataString(source.Id)}" data-open>{source.Id}</a>{(source.MayEnrol ? html.Of(inner => inner.Add($""" <span class="tag">{ReferenceWords.Enrols}</span>""")) : new Html(""))}</td>
            <td class="clip" title="{location.Id}">{Names(html, location.Name, location.NameChinese).First}</td><td><code>{source.SendingApplication} / {source.SendingFacility}</code></td><td class="clip"><code>{source.DefaultCharacterSet}</code> <small>{source.UtcOffset}</small></td>
            """);
        if (source.CertificateThumbprint is { } thumbprint) html.Add($"""<td><code title="{thumbprint}">{thumbprint[..Math.Min(8, thumbprint.Length)]}…</code></td>""");
        else html.Add($"""<td><small>{(visit.Get<ILocationCertificates>().OfLocation(location.Id).Count > 0 ? ReferenceWords.CertificateOfLocation : ReferenceWords.NoCertificate)}</small></td>""");
        html.Add($"""<td>""");
        if (!seen.TryGetValue(source.Id, out var last)) html.Add($"""–""");
        else if (last is { } at) html.Add($"""{Shown.Time(html, at, visit.Now)}""");
        else html.Add($"""<small>{ReferenceWords.Never}</small>""");
        html.Add($"""</td><td class="n">{Shown.Number(line?.Day?.Received ?? 0)}</td><td class="n">{Shown.Number(line?.Day?.Refused ?? 0)}</td><td class="n">{Shown.Number(line?.Day?.Quarantined ?? 0)}</td></tr>""");
    }

    /// <summary>The name in the reader's language first.</summary>
    private static (string First, string Second) Names(HtmlBuilder html, string english, string chinese) =>
        html.Language == Language.Chinese && chinese.Length > 0 ? (chinese, english) : (english, chinese);
}
