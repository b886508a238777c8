using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Endpoints.Cli.Commands;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Tls;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>Which application entity a command calls, and as which: the same words for all of them.</summary>
internal static class EntityOptions
{
    public static readonly Argument<string> Address = new("HOST:PORT") { Description = "Where the other application entity listens, such as 127.0.0.1:11112" };

    public static readonly Option<string> Calling = new("--ae") { Description = "Our AE title: the other side must know it", DefaultValueFactory = _ => "EHP" };

    public static readonly Option<string> Called = new("--to") { Description = "AE title of the other side", DefaultValueFactory = _ => "EHEALTHPLUS" };

    /// <summary>Runs a command against the entity; what cannot be reached or is refused becomes an exit code with its reason.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, Func<DicomUserOptions, Report, Task<int>> command)
    {
        var report = new Report(parsed.GetValue(HubOptions.Json));
        if (!SendCommand.TryEndPoint(parsed.GetValue(Address)!, out var host, out var port)) return report.Fail(ExitCode.Usage, "HOST:PORT is wanted, such as 127.0.0.1:11112");
        if (Wrong(parsed.GetValue(Calling)!) || Wrong(parsed.GetValue(Called)!)) return report.Fail(ExitCode.Usage, "An AE title has 1 to 16 ASCII characters");
        CallerTls? tls;
        try
        {
            tls = HubTrust.ForCaller(parsed);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return report.Fail(ExitCode.Usage, fault.Message);
        }

        try
        {
            return await command(new() { Host = host, Port = port, CallingAeTitle = parsed.GetValue(Calling)!, CalledAeTitle = parsed.GetValue(Called)!, Tls = tls }, report);
        }
        catch (AssociationRefusedException refused)
        {
            return report.Fail(ExitCode.NotPermitted, $"{refused.Message}. Look at --ae and --to, and at the peers that the other side knows.");
        }
        catch (IOException fault)
        {
            return report.Fail(ExitCode.Unreachable, fault.Message);
        }
    }

    private static bool Wrong(string title) => title.Length is 0 or > 16 || !System.Text.Ascii.IsValid(title);
}
