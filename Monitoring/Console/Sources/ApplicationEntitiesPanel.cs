using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Monitoring.Console.Sources;

/// <summary>The DICOM application entities that are registered, whose they are and what they may do.</summary>
internal static class ApplicationEntitiesPanel
{
    /// <summary>Adds nothing where none is registered.</summary>
    public static void Add(HtmlBuilder html, Visit visit)
    {
        if (visit.Get<IDicomPeers>().All is not { Count: > 0 } peers) return;
        html.Add($"""
            <section class="panel"><h2>{ReferenceWords.ApplicationEntities}</h2><table class="rows"><thead><tr><th scope="col">{ReferenceWords.AeTitle}</th><th scope="col">{FlowWords.Source}</th>
            <th scope="col">{ReferenceWords.ReachedAt}</th><th scope="col">{ReferenceWords.Reads}</th><th scope="col">{ReferenceWords.Rights}</th></tr></thead><tbody>
            """);
        foreach (var peer in peers.OrderBy(peer => peer.AeTitle, StringComparer.Ordinal))
        {
            html.Add($"""<tr><td><code>{peer.AeTitle}</code></td><td><a href="/deposits?source={Uri.EscapeDataString(peer.SourceId)}">{peer.SourceId}</a></td><td>""");
            if (peer.Host is not null) html.Add($"""<code>{$"{peer.Host}:{peer.Port}"}</code>""");
            else html.Add($"""<small>{ReferenceWords.OnlyCalls}</small>""");
            html.Add($"""</td><td>{peer.CharacterSet ?? ""}</td><td>""");
            if (!peer.Active) html.Add($"""<span class="chip refused">{FlowWords.Suspended}</span> """);
            if (peer.MayStore) html.Add($"""<span class="tag">{ReferenceWords.MayStore}</span> """);
            if (peer.MayQuery) html.Add($"""<span class="tag">{ReferenceWords.MayQuery}</span>""");
            html.Add($"""</td></tr>""");
        }

        html.Add($"""</tbody></table></section>""");
    }
}
