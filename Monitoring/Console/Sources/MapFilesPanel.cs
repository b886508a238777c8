using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Monitoring.Console.Sources;

/// <summary>The map files in force (docs/maps.md), and what is wrong with those that are not.</summary>
internal static class MapFilesPanel
{
    /// <summary>Adds nothing where there is no map file.</summary>
    public static void Add(HtmlBuilder html, Visit visit)
    {
        if (visit.Http.RequestServices.GetService<IMapFiles>()?.Files is not { Count: > 0 } files) return;
        html.Add($"""
            <section class="panel"><h2>{ReferenceWords.MapFiles}</h2><table class="rows"><thead><tr><th scope="col">{ReferenceWords.MapFile}</th><th scope="col">{FlowWords.Source}</th>
            <th scope="col" class="n">{ReferenceWords.MappedFields}</th><th scope="col">{ReferenceWords.ReadAt}</th><th scope="col">{ReferenceWords.MapFaults}</th></tr></thead><tbody>
            """);
        foreach (var file in files)
        {
            html.Add($"""<tr><td><code>{file.Name}</code></td><td>{file.Source}</td><td class="n">{Shown.Number(file.Fields)}</td><td>{Shown.Time(html, file.ReadAt, visit.Now)}</td><td>""");
            foreach (var fault in file.Faults) html.Add($"""<div class="fault"><code>{fault}</code></div>""");
            html.Add($"""</td></tr>""");
        }

        html.Add($"""</tbody></table></section>""");
    }
}
