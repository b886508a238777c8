using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>One deposit: its summary, and one of six views of it, each with an address of its own.</summary>
internal static class DepositPage
{
    private static readonly DepositTab[] Tabs =
    [
        new("message", MessageWords.Message, MessageTab.Write),
        new("tree", MessageWords.Tree, TreeTab.Write),
        new("fhir", MessageWords.Fhir, FhirTab.Write),
        new("ledger", MessageWords.Ledger, LedgerTab.Write),
        new("timeline", MessageWords.Timeline, TimelineTab.Write, PatientData: false),
        new("acknowledgement", MessageWords.Acknowledgement, AcknowledgementTab.Write),
    ];

    /// <summary>What the form that led here did.</summary>
    private static Phrase? Done(Visit visit, DepositView view) => visit.Http.Request.Query["done"].ToString() switch
    {
        "replay" => DepositWords.Replayed.With(view.Id.Value),
        "repair" when view.Detail.RepairedBytes is not null => DepositWords.RepairKept.With(view.Id.Value),
        _ => null,
    };

    public static async Task ShowAsync(Visit visit)
    {
        var asked = (string?)visit.Http.Request.RouteValues["tab"] ?? (visit.SeesPatientData ? "message" : "timeline");
        var tab = Array.Find(Tabs, tab => string.Equals(tab.Key, asked, StringComparison.Ordinal));
        if (tab is null || await DepositView.LoadAsync(visit) is not { } view)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        if (tab.PatientData)
        {
            // Before anything of it is shown, and also where it is refused.
            await visit.RecordAsync(
                AuditAction.ViewMessage, view.Detail.PersonId, view.Target, visit.SeesPatientData,
                visit.SeesPatientData ? $"console {tab.Key}" : "role sees no patient data");
        }

        var body = visit.NewHtml();
        DepositHeader.Write(body, visit, view);
        if (Done(visit, view) is { } done) body.Add($"""<p class="passes" role="status">{done}</p>""");
        body.Add($"""<div class="tabs" role="tablist" aria-label="{MessageWords.Views}">""");
        foreach (var other in Tabs)
        {
            var here = ReferenceEquals(other, tab);
            body.Add($"""<a role="tab" id="tab-{other.Key}" href="/deposits/{view.Id.Value}/{other.Key}" aria-selected="{(here ? "true" : "false")}" tabindex="{(here ? 0 : -1)}"{new Html(here ? " aria-controls=\"view\"" : "")}>{other.Name}</a>""");
        }

        body.Add($"""</div><div id="view" role="tabpanel" aria-labelledby="tab-{tab.Key}" tabindex="0">""");
        var permitted = !tab.PatientData || visit.SeesPatientData;
        if (permitted) tab.Write(body, visit, view);
        else body.Add($"""<section class="say"><h2>{MessageWords.NoPatientData}</h2><p>{MessageWords.NoPatientDataDetail}</p></section>""");
        body.Add($"""</div>""");
        await PageFrame.WriteAsync(
            visit, permitted ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden,
            $"{DepositWords.Title.With(view.Id.Value).In(visit.Language)} {tab.Name.In(visit.Language)}", body, "deposit.js");
    }
}

/// <param name="PatientData">Whether the view shows any.</param>
internal sealed record DepositTab(string Key, Phrase Name, Action<HtmlBuilder, Visit, DepositView> Write, bool PatientData = true);
