using System.CommandLine;
using System.CommandLine.Parsing;

namespace EHealthPlus.Endpoints.Cli.Hub;

/// <summary>The options that say where the hub is; they default to the hub's own settings.</summary>
public static class HubOptions
{
    public static readonly Option<string> Hub = new("--hub")
    {
        Description = "Address of the hub's HTTP port",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Hub__Http") ?? "127.0.0.1:8080",
        Recursive = true,
        Validators =
        {
            given =>
            {
                if (AddressOf(given.GetValueOrDefault<string>()) is null) given.AddError("--hub wants ADDRESS:PORT, or https://NAME:PORT");
            },
        },
    };

    public static readonly Option<string> Data = new("--data")
    {
        Description = "The hub's data directory: its credentials.json is read where EHP_TOKEN is not set",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Hub__DataDirectory") ?? "./data",
        Recursive = true,
    };

    public static readonly Option<string> Mllp = new("--mllp")
    {
        Description = "Address of the hub's MLLP port",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Hub__Mllp") ?? "127.0.0.1:2575",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document in place of text, for scripts",
        Recursive = true,
    };

    public static HubAddress Address(ParseResult parsed) => new(AddressOf(parsed.GetValue(Hub)!)!, parsed.GetValue(Data)!);

    private static Uri? AddressOf(string hub) =>
        Uri.TryCreate(hub.Contains("://", StringComparison.Ordinal) ? hub : $"http://{hub}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
