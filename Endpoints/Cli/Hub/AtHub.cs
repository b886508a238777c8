using System.CommandLine;
using System.Security.Cryptography;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Endpoints.Cli.Hub;

/// <summary>Runs a command at a hub, in one role, and says what kept it from it.</summary>
internal static class AtHub
{
    public static async Task<int> RunAsync(ParseResult parsed, Role? role, Func<HubConnection, Report, Task<int>> act)
    {
        var report = new Report(parsed.GetValue(HubOptions.Json));
        try
        {
            var trust = HubTrust.Of(parsed);
            var (hub, fault) = role is { } known ? HubConnection.Open(HubOptions.Address(parsed), known, trust: trust) : (HubConnection.OpenAnonymous(HubOptions.Address(parsed), trust), null);
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
