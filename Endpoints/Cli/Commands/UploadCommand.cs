using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Uploads;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp upload: batch files to a running hub, with the answers to their messages.</summary>
public static class UploadCommand
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Batch file (FHS/BHS or messages one after another), or a v2 XML message", Arity = ArgumentArity.OneOrMore };
        var source = new Option<string?>("--source") { Description = "For which source; asks as integration engineer. Without it the token of the role source says which" };
        var output = new Option<string?>("--out") { Description = "Folder for the answer files; made when it is missing" };
        var command = new TaughtCommand("upload", "Upload batch files and wait until each of their messages is decided.", ["ehp upload night.hl7", "ehp upload feeds/*.hl7 --source demo-his --out answers", "ehp upload night.hl7 --json"]) { files, source, output };
        command.SetAction((parsed, cancellation) =>
        {
            var named = parsed.GetValue(source);
            return AtHub.RunAsync(parsed, named is null ? Role.Source : Role.IntegrationEngineer, (hub, report) =>
            {
                var paths = parsed.GetValue(files)!;
                return paths.FirstOrDefault(path => !File.Exists(path)) is { } missing
                    ? Task.FromResult(report.Fail(ExitCode.Usage, $"There is no file {missing}"))
                    : UploadAllAsync(hub, paths, named, parsed.GetValue(output), report, cancellation);
            }, Timeout.InfiniteTimeSpan);
        });
        return command;
    }

    private static async Task<int> UploadAllAsync(HubConnection hub, string[] paths, string? source, string? output, Report report, CancellationToken cancellation)
    {
        var exitCode = ExitCode.Done;
        var results = new List<UploadResult>();
        await report.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async screen =>
        {
            foreach (var path in paths)
            {
                var result = await UploadAsync(hub, path, source, screen, cancellation);
                results.Add(result);
                exitCode = Math.Max(exitCode, result.ExitCode);
                if (result.ExitCode is ExitCode.Unreachable or ExitCode.NotPermitted) break;
                if (output is not null && result.Answer is { } answer) await KeepAnswerAsync(hub, result, Directory.CreateDirectory(output).FullName, answer, cancellation);
            }
        });
        foreach (var result in results) Say(result, report);
        report.Document(results);
        return exitCode;
    }

    private static async Task<UploadResult> UploadAsync(HubConnection hub, string path, string? source, ProgressContext screen, CancellationToken cancellation)
    {
        var name = Path.GetFileName(path);
        var started = Stopwatch.GetTimestamp();
        var sending = screen.AddTask($"Sending {Markup.Escape(name)}", maxValue: Math.Max(1, new FileInfo(path).Length));
        using var content = new FileContent(path, sent => sending.Value = sent);
        var query = $"?name={Uri.EscapeDataString(name)}{(source is null ? "" : $"&source={Uri.EscapeDataString(source)}")}";
        var taken = await hub.SendAsync(HttpMethod.Post, $"/uploads{query}", content, cancellation);
        if (!taken.Good) return UploadResult.Refused(path, taken);
        sending.Value = sending.MaxValue;

        var id = taken.Body!["id"]!.GetValue<string>();
        var deciding = screen.AddTask($"Deciding {Markup.Escape(name)}", maxValue: Math.Max(1, taken.Body["bytes"]!.GetValue<long>()));
        while (true)
        {
            var asked = await hub.GetAsync($"/uploads/{id}", cancellation);
            if (!asked.Good) return UploadResult.Refused(path, asked);
            var result = UploadResult.Of(path, asked.Body!, Stopwatch.GetElapsedTime(started));
            deciding.Value = asked.Body!["bytesRead"]!.GetValue<long>();
            deciding.Description = string.Create(
                CultureInfo.InvariantCulture, $"Deciding {Markup.Escape(name)}: [green]{result.Accepted}[/] accepted, [red]{result.Refusals}[/] refused, {result.MessagesPerSecond:0}/s");
            if (result.State is "done" or "refused") return result;
            await Task.Delay(PollEvery, cancellation);
        }
    }

    private static async Task KeepAnswerAsync(HubConnection hub, UploadResult result, string folder, string answer, CancellationToken cancellation)
    {
        await using var file = File.Create(Path.Combine(folder, Path.GetFileName(answer)));
        await hub.DownloadAsync($"/uploads/{result.Id}/answer", file, cancellation);
    }

    private static void Say(UploadResult result, Report report)
    {
        if (result.Id is null)
        {
            report.Line($"{result.File}: not taken: {result.Reason}");
            return;
        }

        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.File}: {result.Messages} messages, {result.Accepted} accepted, {result.Refusals} refused, {result.Unanswered} without an answer; {result.MessagesPerSecond:0}/s"));
        if (result.Reason is not null) report.Line($"  not in order: {result.Reason}");
        foreach (var reason in result.Reasons)
        {
            var words = Enum.IsDefined((RejectionCode)reason.Code) ? RejectionTable.Of((RejectionCode)reason.Code).English : "";
            report.Line(string.Create(CultureInfo.InvariantCulture, $"  {reason.Code} x{reason.Count} {words} (first: message {reason.FirstMessage}, MSH-10 {reason.FirstControlId})"));
        }

        if (result.Answer is not null) report.Line($"  answers: /uploads/{result.Id}/answer");
    }
}
