using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using EHealthPlus.Adapters.Mllp.Sender;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Messages;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Tls;
using EHealthPlus.Transformers.Hl7v2.Er7;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp send: messages to an MLLP port, each with its answer.</summary>
public static class SendCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Message file, in ER7 or v2 XML, or folder of such files", Arity = ArgumentArity.OneOrMore };
        var command = new TaughtCommand("send", "Send messages over MLLP and show each answer.", ["ehp send admission.hl7", "ehp send feeds/ --mllp 127.0.0.1:2575 --json", "ehp send feeds/ --mllp hub.example:2575 --certificate my-hospital-main.pem --authority authority.pem"]) { paths };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            if (!TryEndPoint(parsed.GetValue(HubOptions.Mllp)!, out var host, out var port)) return report.Fail(ExitCode.Usage, "--mllp wants ADDRESS:PORT, such as 127.0.0.1:2575");
            List<NamedMessage> messages;
            CallerTls? tls;
            try
            {
                tls = HubTrust.ForCaller(parsed);
                messages = [.. parsed.GetValue(paths)!.SelectMany(MessageFiles.Read)];
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
            {
                return report.Fail(ExitCode.Usage, fault.Message);
            }

            if (messages.Count == 0) return report.Fail(ExitCode.Usage, MessageFiles.Nothing);
            return await SendAllAsync(messages, host, port, tls, report, cancellation);
        });
        return command;
    }

    private static async Task<int> SendAllAsync(List<NamedMessage> messages, string host, int port, CallerTls? tls, Report report, CancellationToken cancellation)
    {
        var exitCode = ExitCode.Done;
        var rows = new List<object>();
        var lines = new List<string>();
        await report.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async screen =>
            {
                var progress = screen.AddTask("Sending", maxValue: messages.Count);
                foreach (var message in messages)
                {
                    var (answer, fault) = await SendOneAsync(message, host, port, tls, cancellation);
                    progress.Increment(1);
                    var code = answer is null ? "none" : FieldOf(answer, "MSA", 1);
                    var reason = answer is null ? fault : ReasonOf(answer);
                    if (fault is not null) exitCode = ExitCode.Unreachable;
                    else if (code is not ("AA" or "CA" or "none")) exitCode = Math.Max(exitCode, ExitCode.Refused);
                    rows.Add(new { message = message.Name, file = message.File, acknowledgement = code, reason });
                    lines.Add($"{code,-4}  {message.Name}{(reason is null ? "" : $"  {reason}")}");
                }
            });
        lines.ForEach(report.Line);
        report.Document(rows);
        return exitCode;
    }

    /// <returns>The last answer: AA, AE or AR where one is due, else CA, CE or CR; both null where the message asks for none.</returns>
    private static async Task<(Er7Message? Answer, string? Fault)> SendOneAsync(NamedMessage message, string host, int port, CallerTls? tls, CancellationToken cancellation)
    {
        var application = new TaskCompletionSource<ReadOnlyMemory<byte>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (accept, applies) = ConditionsOf(message);
        var enhanced = accept.Length > 0 || applies.Length > 0;
        await using var sender = new MllpSender(
            new() { Host = host, Port = port, Tls = tls, Attempts = 1, ApplicationAnswer = enhanced ? answer => application.TrySetResult(answer) : null }, TimeProvider.System);
        try
        {
            var sending = sender.SendAsync(message.Bytes, cancellation);
            if (enhanced && accept is not "AL") return (await QuietlyAsync(Task.WhenAny(sending, application.Task).Unwrap(), cancellation), null);
            var answer = Read(await sending);
            var accepted = FieldOf(answer, "MSA", 1) == "CA";
            if (!enhanced || !accepted || applies is not ("AL" or "SU")) return (answer, null);
            return (await QuietlyAsync(application.Task, cancellation) ?? answer, null);
        }
        catch (IOException fault)
        {
            return (null, fault.Message);
        }
    }

    /// <summary>Waits for an answer that may not be due.</summary>
    private static async Task<Er7Message?> QuietlyAsync(Task<ReadOnlyMemory<byte>> answer, CancellationToken cancellation)
    {
        var limit = Task.Delay(TimeSpan.FromSeconds(3), cancellation);
        return await Task.WhenAny(answer, limit) == answer ? Read(await answer) : null;
    }

    private static (string Accept, string Application) ConditionsOf(NamedMessage message)
    {
        var read = Er7Message.Read(message.Bytes, "UNICODE UTF-8");
        return read.Accepted ? (FieldOf(read.Value, "MSH", 15), FieldOf(read.Value, "MSH", 16)) : ("", "");
    }

    private static Er7Message Read(ReadOnlyMemory<byte> answer)
    {
        var read = Er7Message.Read(answer, "UNICODE UTF-8");
        return read.Accepted ? read.Value : throw new IOException($"The answer is no HL7 v2 message: {read.Rejection.Detail}");
    }

    private static string? ReasonOf(Er7Message answer)
    {
        var error = answer.First("ERR");
        if (error.IsAbsent) return null;
        // ERR-5 and on exist since v2.5; before it ERR-1 names place and code.
        var what = string.Join(": ", new[] { 8, 7 }.Select(field => error.Text(field)).Where(part => part.Length > 0));
        var text = $"{error.Text(5)} {what}".Trim();
        return text.Length > 0 ? text : error.Text(1, 4);
    }

    private static string FieldOf(Er7Message message, string segment, int field) => message.First(segment).Text(field);

    internal static bool TryEndPoint(string text, out string host, out int port)
    {
        var colon = text.LastIndexOf(':');
        host = colon > 0 ? text[..colon] : "";
        port = 0;
        return colon > 0 && int.TryParse(text[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture, out port) && port is > 0 and <= IPEndPoint.MaxPort;
    }
}
