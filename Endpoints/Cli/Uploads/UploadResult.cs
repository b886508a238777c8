using System.Globalization;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Uploads;

namespace EHealthPlus.Endpoints.Cli.Uploads;

/// <summary>What became of one file; with --json it is printed as it is.</summary>
/// <param name="Id">Null where the hub did not take it.</param>
/// <param name="State">waiting, working, done or refused.</param>
/// <param name="Reason">Why it was not taken, or was not in order as a file.</param>
public sealed record UploadResult(
    string File, string? Id, string? State, long Messages, long Accepted, long Refusals, long Unanswered, double MessagesPerSecond,
    string? Reason, IReadOnlyList<UploadReason> Reasons, string? Answer, int ExitCode)
{
    public static UploadResult Refused(string file, HubAnswer answer) => new(file, null, null, 0, 0, 0, 0, 0, answer.Reason, [], null, answer.ExitCode);

    /// <param name="status">An answer of GET /uploads/{id}.</param>
    public static UploadResult Of(string file, JsonNode status, TimeSpan elapsed)
    {
        var counts = status["counts"]!;
        long Count(string name) => counts[name]!.GetValue<long>();
        var state = status["state"]!.GetValue<string>();
        var reason = status["rejection"] is { } rejection
            ? string.Create(CultureInfo.InvariantCulture, $"{rejection["code"]!.GetValue<string>()}: {rejection["detail"]!.GetValue<string>()}")
            : null;
        return new(
            file, status["id"]!.GetValue<string>(), state, Count("messages"), Count("accepted"), Count("refused"), Count("unanswered"),
            Math.Round(Count("messages") / Math.Max(0.001, elapsed.TotalSeconds), 1), reason,
            [.. status["reasons"]!.AsArray().Select(row => new UploadReason(
                row!["code"]!.GetValue<int>(), row["count"]!.GetValue<long>(), row["firstMessage"]!.GetValue<long>(), row["firstControlId"]!.GetValue<string>()))],
            status["answer"]?.GetValue<string>(), state == "refused" || Count("refused") > 0 ? Output.ExitCode.Refused : Output.ExitCode.Done);
    }
}
