using System.CommandLine;
using System.Security.Cryptography;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Endpoints.Cli.Hub;

/// <summary>Runs a command at a hub, in one role, and says what kept it from it.</summary>
internal static class AtHub
{
    /// <param name="role">Null for a connection without a token.</param>
    /// <param name="limit">How long one request may take, its body included; 100 seconds where nothing else is said.</param>
    public static async Task<int> RunAsync(ParseResult parsed, Role? role, Func<HubConnection, Report, Task<int>> act, TimeSpan? limit = null)
    {
        var report = new Report(parsed.GetValue(HubOptions.Json));
        try
        {
            var (hub, fault) = HubConnection.Open(HubOptions.Address(parsed), role, HubTrust.Of(parsed), limit);
            if (hub is null) return report.Fail(ExitCode.Usage, fault!);
            using (hub) return await act(hub, report);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return report.Fail(ExitCode.Usage, fault.Message);
        }
    }

    /// <summary>Says the answer: a line where it is good, else the reason.</summary>
    public static int Say(Report report, HubAnswer answer, string line)
    {
        if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
        report.Line(line);
        report.Document(answer.Body ?? new System.Text.Json.Nodes.JsonObject());
        return ExitCode.Done;
    }
}
