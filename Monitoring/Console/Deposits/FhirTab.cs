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
        for (var index = 0; index < translation.Resources.Count; index++)
        {
            var resource = translation.Resources[index];
            html.Add($"""<a href="#resource-{index}"><b>{resource.Type}</b><small>{resource.Id}</small></a>""");
        }

        html.Add($"""</nav><div id="fhir" class="stack">""");
        for (var index = 0; index < translation.Resources.Count; index++) Resource(html, translation.Resources[index], index, view);
        html.Add($"""</div></div>""");
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

    private static void Resource(HtmlBuilder html, TranslatedResource resource, int index, DepositView view)
    {
        var written = view.Detail.Resources.FirstOrDefault(stored =>
            string.Equals(stored.Type, resource.Type, StringComparison.Ordinal) && string.Equals(stored.Id, resource.Id, StringComparison.Ordinal));
        html.Add($"""<details open class="panel resource" id="resource-{index}"><summary><b>{resource.Type}</b> <code>{resource.Id}</code><span class="tag">{ModeOf(resource.Mode)}</span>""");
        if (written is not null) html.Add($"""<span class="tag good">v{written.Version}</span>""");
        html.Add($"""</summary>""");
        JsonMarkup.Write(html, resource.Json, resource.Type);
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
