using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Identities;

/// <summary>What waits for a registrar, oldest first, and what was decided.</summary>
internal static class IdentityListPage
{
    private const int Rows = 100;

    private static readonly (string Key, ReviewState State)[] States = [("open", ReviewState.Open), ("linked", ReviewState.Linked), ("dismissed", ReviewState.Dismissed)];

    public static Task ShowAsync(Visit visit) => ShowAsync(visit, "", null);

    /// <param name="typed">The number that was sought, to be put right.</param>
    /// <param name="refused">Why nobody was found by it.</param>
    public static async Task ShowAsync(Visit visit, string typed, Rejection? refused)
    {
        if (refused is not null) visit.Here = "/identities";
        var (key, state) = Array.Find(States, known => visit.Http.Request.Query["state"] == known.Key) is { Key: not null } asked ? asked : States[0];
        var after = long.TryParse(visit.Http.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var reviews = visit.Get<IIdentityReviews>();
        var found = await reviews.ListAsync(state, after, Rows, visit.Aborted);
        await visit.RecordAsync(AuditAction.ReviewList, null, "IdentityReview", permitted: true, "registration: the registrar sees the review queue");

        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{IdentityWords.Page}</h1><span class="hint">{IdentityWords.Lead}</span><form class="right" method="post" action="/persons" role="search">{PageFrame.AntiforgeryField(visit, body)}<input type="search" id="search" name="number" value="{typed}" placeholder="{IdentityWords.FindPerson}" aria-label="{IdentityWords.FindPerson}" required maxlength="{CardNumber.Longest}" autocomplete="off" spellcheck="false"><button>{DepositWords.Apply}</button></form></div>""");
        if (refused is not null) Shown.Refusal(body, refused);
        body.Add($"""<nav class="tabs" aria-label="{FlowWords.State}">""");
        foreach (var (each, its) in States)
        {
            var count = await reviews.CountAsync(its, visit.Aborted);
            body.Add($"""<a href="/identities?state={each}"{new Html(each == key ? " aria-current=\"page\"" : "")}>{IdentityWords.Of(its)} <small>{Shown.Number(count)}</small></a>""");
        }

        body.Add($"""</nav>""");
        if (found.Count == 0) body.Add($"""<p class="empty panel">{IdentityWords.NothingWaits}</p>""");
        else
        {
            body.Add($"""<div class="panel"><table class="rows list" data-rows><thead><tr><th scope="col" class="n">#</th><th scope="col">{IdentityWords.Since}</th><th scope="col">{IdentityWords.Question}</th><th scope="col">{FlowWords.Source}</th><th scope="col">{IdentityWords.Name}</th><th scope="col">{IdentityWords.BirthDate}</th><th scope="col" class="n">{IdentityWords.Candidates}</th><th scope="col" class="n">{IdentityWords.Likeliest}</th><th scope="col" class="n">{IdentityWords.Waiting}</th></tr></thead><tbody>""");
            foreach (var review in found) Row(body, visit, review);
            body.Add($"""</tbody></table></div>""");
            if (found.Count == Rows) body.Add($"""<p><a class="button" href="/identities?state={key}&amp;after={found[^1].Id}">{DepositWords.Newer}</a></p>""");
        }

        await PageFrame.WriteAsync(visit, refused is null ? StatusCodes.Status200OK : RejectionTable.Of(refused.Code).HttpStatus, IdentityWords.Page.In(visit.Language), body, "list.js");
    }

    private static void Row(HtmlBuilder html, Visit visit, IdentityReview review)
    {
        var name = review.Stated.Names is [var first, ..] ? $"{first.Family} {first.Given}" : "";
        html.Add($"""
            <tr><td class="n"><a href="/identities/{review.Id}" data-open>{review.Id}</a></td><td class="time">{Shown.Time(html, review.OpenedAt, visit.Now)}</td><td>{IdentityWords.Of(review.Cause)}</td><td class="clip">{review.Stated.SourceId}</td>
            <td class="clip">{name}</td><td>{ComparisonTable.Day(review.Stated.BirthDate)}</td><td class="n">{review.Candidates.Count}</td><td class="n">{(review.Candidates is [var best, ..] ? best.Weight : 0)}</td><td class="n">{review.Deposits.Count}</td></tr>
            """);
    }
}
