using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Identities;

/// <summary>One review: what was stated beside each candidate, field by field, and the decision.</summary>
internal static class IdentityPage
{
    private const string Nobody = "nobody";
    private const string Decision = "decision";

    public static async Task ShowAsync(Visit visit)
    {
        if (await LoadAsync(visit) is { } review) await ShowAsync(visit, review, null);
        else await PageFrame.NotFoundAsync(visit);
    }

    /// <param name="refused">The decision that was not taken: it stands there again as it was filled in.</param>
    private static async Task ShowAsync(Visit visit, IdentityReview review, RefusedForm? refused)
    {
        var chosen = RefusedForm.Typed(refused, Decision, "person");
        var candidates = await CandidatesAsync(visit, review);
        // Each person shown is a look at an index record of that person.
        foreach (var candidate in candidates) await visit.RecordAsync(AuditAction.Review, candidate.Person.Id, $"IdentityReview/{review.Id}", permitted: true, "registration: the registrar compares identities");

        var body = visit.NewHtml();
        body.Add($"""<div class="bar-line"><h1>{IdentityWords.Review.With(review.Id)}</h1><span class="chip {(review.State == ReviewState.Open ? "awaiting-retry" : "delivered")}">{IdentityWords.Of(review.State)}</span><span class="hint">{IdentityWords.Of(review.Cause)} · {Shown.Time(body, review.OpenedAt, visit.Now)}</span></div>""");
        if (refused is not null) Shown.Refusal(body, refused.Rejection);
        body.Add($"""<form data-typed="{(refused is null ? "" : "before")}" method="post" action="/identities/{review.Id}">{PageFrame.AntiforgeryField(visit, body)}<div class="panel scroll">""");
        ComparisonTable.Write(body, review, candidates, chosen);
        body.Add($"""</div>""");
        if (review.State == ReviewState.Open) Form(body, chosen == Nobody, RefusedForm.Typed(refused, Decision, "reason"));
        else if (review.Decision is { } decision) body.Add($"""<p class="panel decided">{IdentityWords.DecidedBy.With(decision.By, decision.Reason)} {Shown.Time(body, decision.At, visit.Now)}</p>""");
        body.Add($"""</form>""");
        Waiting(body, review);
        await PageFrame.WriteAsync(visit, RefusedForm.StatusOf(refused), IdentityWords.Review.With(review.Id).In(visit.Language), body, "identity.js");
    }

    public static async Task DecideAsync(Visit visit)
    {
        if (await LoadAsync(visit) is not { } review)
        {
            await PageFrame.NotFoundAsync(visit);
            return;
        }

        var form = await visit.Http.Request.ReadFormAsync(visit.Aborted);
        var choice = form["person"].ToString();
        if (choice != Nobody && !review.Candidates.Any(candidate => candidate.PersonId == choice))
        {
            await PageFrame.SayAsync(visit, StatusCodes.Status400BadRequest, ShellWords.FormExpired, new("", ""));
            return;
        }

        var decided = await visit.Get<IPersonDesk>().DecideAsync(review.Id, choice == Nobody ? null : choice, visit.Principal!, form["reason"].ToString(), visit.Aborted);
        if (decided.Accepted) visit.Http.Response.Redirect("/identities");
        else await ShowAsync(visit, review, new(Decision, form, decided.Rejection));
    }

    private static async Task<IdentityReview?> LoadAsync(Visit visit) =>
        await visit.Get<IIdentityReviews>().GetAsync(long.Parse((string)visit.Http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture), visit.Aborted);

    private static async Task<List<Candidate>> CandidatesAsync(Visit visit, IdentityReview review)
    {
        var candidates = new List<Candidate>();
        foreach (var candidate in review.Candidates)
        {
            if (await visit.Get<IPersonStore>().GetAsync(candidate.PersonId, visit.Aborted) is { } person) candidates.Add(visit.Get<IPersonIndex>().Compare(review.Stated, person));
        }

        return candidates;
    }

    private static void Form(HtmlBuilder html, bool nobody, string reason)
    {
        html.Add($"""
            <section class="panel decide"><label class="choice"><input type="radio" name="person" value="{Nobody}" required data-choice="0"{new Html(nobody ? " checked" : "")}> {IdentityWords.Nobody}</label>
            <label>{IdentityWords.Reason} <textarea id="reason" name="reason" rows="2" maxlength="500" required>{reason}</textarea></label>
            <p class="hint">{IdentityWords.DecideDetail} {IdentityWords.CareTwins}</p><button class="primary">{IdentityWords.Decide}</button> <a class="button quiet" href="/identities">{DepositWords.Cancel}</a> <span class="hint" data-needs-script hidden>{IdentityWords.KeysHint}</span></section>
            """);
    }

    private static void Waiting(HtmlBuilder html, IdentityReview review)
    {
        if (review.Deposits.Count == 0) return;
        html.Add($"""<p class="hint">{IdentityWords.WaitingNumbers}: """);
        foreach (var deposit in review.Deposits) html.Add($"""<code>{deposit.Value}</code> """);
        html.Add($"""</p>""");
    }
}
