using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Messages;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>The canonical message, resource by resource.</summary>
internal static class FhirTab
{
    public static void Write(HtmlBuilder html, Visit visit, DepositView view)
    {
        var result = view.Translate();
        if (result is not { Accepted: true } accepted)
        {
            NotTranslated(html, result?.Rejection);
            return;
        }

        var translation = accepted.Value;
        html.Add($"""<div class="tools"><span class="hint">{MessageWords.ResourcesCount.With(translation.Resources.Count)} · {MessageWords.Recomputed}</span><span data-needs-script hidden><button type="button" data-open-all="#fhir">{MessageWords.ExpandAll}</button><button type="button" data-close-all="#fhir">{MessageWords.CollapseAll}</button></span></div>""");
        html.Add($"""<div class="index-and-body"><nav class="panel index" aria-label="FHIR">""");
        var rooted = Rooted(translation.Resources).ToList();
        for (var index = 0; index < rooted.Count; index++)
        {
            html.Add($"""<a href="#resource-{index}"><b>{rooted[index].Root}</b><small>{rooted[index].Resource.Id}</small></a>""");
        }

        html.Add($"""</nav><div id="fhir" class="stack">""");
        for (var index = 0; index < rooted.Count; index++) Resource(html, rooted[index].Resource, rooted[index].Root, index, view);
        html.Add($"""</div></div>""");
    }

    /// <summary>Each resource with the root of its paths in the ledger: Patient, or Observation[2] where there are several of the type.</summary>
    internal static IEnumerable<(TranslatedResource Resource, string Root)> Rooted(IReadOnlyList<TranslatedResource> resources)
    {
        var counts = resources.CountBy(resource => resource.Type, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            var position = seen.GetValueOrDefault(resource.Type);
            seen[resource.Type] = position + 1;
            yield return (resource, counts[resource.Type] == 1 ? resource.Type : FormattableString.Invariant($"{resource.Type}[{position}]"));
        }
    }

    internal static void NotTranslated(HtmlBuilder html, Rejection? rejection)
    {
        html.Add($"""<section class="say"><h2>{MessageWords.NotTranslated}</h2>""");
        if (rejection is null) html.Add($"""<p>{MessageWords.NoSourceNoTranslation}</p>""");
        else
        {
            var meaning = RejectionTable.Of(rejection.Code);
            html.Add($"""<p class="refusal"><a href="/rejections#{(int)rejection.Code}"><b>{(int)rejection.Code}</b></a> <strong>{(html.Language == Language.Chinese ? meaning.Chinese : meaning.English)}</strong> <span>{rejection.Location?.ToString()} {rejection.Detail}</span></p>""");
        }

        html.Add($"""</section>""");
    }

    private static void Resource(HtmlBuilder html, TranslatedResource resource, string root, int index, DepositView view)
    {
        var written = view.Detail.Resources.FirstOrDefault(stored =>
            string.Equals(stored.Type, resource.Type, StringComparison.Ordinal) && string.Equals(stored.Id, resource.Id, StringComparison.Ordinal));
        html.Add($"""<details open class="panel resource" id="resource-{index}"><summary><b>{root}</b> <code>{resource.Id}</code><span class="tag">{ModeOf(resource.Mode)}</span>""");
        if (written is not null) html.Add($"""<span class="tag good">v{written.Version}</span>""");
        html.Add($"""</summary>""");
        JsonMarkup.Write(html, resource.Json, root);
        html.Add($"""</details>""");
    }

    private static Phrase ModeOf(WriteMode mode) => mode switch
    {
        WriteMode.Replace => MessageWords.Replace,
        WriteMode.Merge => MessageWords.Merge,
        WriteMode.CreateIfAbsent => MessageWords.CreateIfAbsent,
        _ => MessageWords.MessageOnly,
    };
}
