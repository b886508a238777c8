using System.Text.Json;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Monitoring.Console.Messages;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>Deposits for the command line and for scripts.</summary>
internal static class DepositApi
{
    public static async Task ListAsync(Visit visit)
    {
        var search = DepositSearch.Read(visit.Http.Request.Query, count: 50);
        if (search.Invalid.Count > 0)
        {
            var (name, _) = search.Invalid[0];
            await Problem.WriteAsync(visit.Http, RejectionCode.SearchParameterInvalid, $"The parameter {name} holds an invalid value");
            return;
        }

        var found = await search.FindAsync(visit.Get<IDepositQueries>(), visit.Aborted);
        var shown = found.Take(search.Filter.Count).Select(DepositLine.Of).ToList();
        await Json.WriteAsync(visit.Http, new { deposits = shown, before = found.Count > shown.Count ? shown[^1].Id : (long?)null });
    }

    /// <summary>Without patient data for who may not see it: then message, tree, ledger, resources and acknowledgement are left out.</summary>
    public static async Task GetAsync(Visit visit)
    {
        if (await DepositView.LoadAsync(visit) is not { } view)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.ResourceNotFound, "No such deposit");
            return;
        }

        if (visit.SeesPatientData) await visit.RecordAsync(AuditAction.ViewMessage, view.Detail.PersonId, view.Target, permitted: true, "api");
        var detail = view.Detail;
        await Json.WriteAsync(visit.Http, new DepositAnswer(
            DepositLine.Of(detail.Summary), view.CharacterSet, detail.Sha256, detail.Peer, detail.RejectionText, detail.RepairedBytes is not null,
            detail.Saga?.Attempts, detail.Saga?.DueAt, detail.Saga?.Timeline, visit.SeesPatientData ? Contents(view) : null));
    }

    public static async Task ReplayAsync(Visit visit)
    {
        if (await DepositView.LoadAsync(visit) is not { } view)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.ResourceNotFound, "No such deposit");
            return;
        }

        await AnswerAsync(visit, await DepositActions.ReplayAsync(visit, view));
    }

    /// <summary>The body is the corrected message, byte for byte, without MLLP frame. It must read and translate.</summary>
    public static async Task RepairAsync(Visit visit)
    {
        if (await DepositView.LoadAsync(visit) is not { } view)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.ResourceNotFound, "No such deposit");
            return;
        }

        if (visit.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = FormLimits.MessageBytes;
        using var body = new MemoryStream();
        await visit.Http.Request.Body.CopyToAsync(body, visit.Aborted);
        var bytes = RepairPage.Check(visit, view, body.ToArray());
        if (!bytes.Accepted) await Problem.WriteAsync(visit.Http, bytes.Rejection);
        else await AnswerAsync(visit, await RepairPage.KeepAsync(visit, view, bytes.Value));
    }

    private static Task AnswerAsync(Visit visit, Result<Routing.Contracts.DepositId> result) => result.Accepted
        ? Json.WriteAsync(visit.Http, new { id = result.Value.Value }, StatusCodes.Status202Accepted)
        : Problem.WriteAsync(visit.Http, result.Rejection);

    private static DepositContents Contents(DepositView view)
    {
        var translated = view.Translate();
        var translation = translated is { Accepted: true } accepted ? accepted.Value : null;
        return new(
            MessageText.Decode(view.Detail.Bytes.Span, view.CharacterSet),
            view.Detail.RepairedBytes is { } repaired ? MessageText.Decode(repaired.Span, view.CharacterSet) : null,
            view.Detail.Acknowledgement is { } acknowledgement ? MessageText.Decode(acknowledgement.Span, view.CharacterSet) : null,
            view.Inspect(),
            translation?.Ledger.Rows().Select(row => new LedgerLine(row.Location.ToString(), row.Value, row.Disposition, row.Path, row.Rule)),
            translation is null ? null : JsonDocument.Parse(translation.Bundle).RootElement,
            translated is { Accepted: false } refused ? refused.Rejection.ToString() : null);
    }

    private sealed record DepositAnswer(
        DepositLine Deposit, string CharacterSet, string Sha256, string Peer, string? RejectionText, bool Repaired, int? Attempts,
        DateTimeOffset? DueAt, IReadOnlyList<DepositTransition>? Timeline, DepositContents? Contents);

    /// <summary>What only who sees patient data gets.</summary>
    private sealed record DepositContents(
        string Message, string? RepairedMessage, string? Acknowledgement, IReadOnlyList<MessageNode> Tree, IEnumerable<LedgerLine>? Ledger,
        JsonElement? Bundle, string? NotTranslated);

    private sealed record LedgerLine(string Location, string Value, LedgerDisposition Disposition, IReadOnlyList<string> Path, string? Rule);
}
