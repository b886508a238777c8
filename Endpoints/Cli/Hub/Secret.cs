using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Hub;

/// <summary>What only the person knows: out of the environment for scripts, else asked for without showing it. Never an argument, which every process list shows.</summary>
internal static class Secret
{
    public static bool IsGiven(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    public static string Ask(string variable, string question) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : AnsiConsole.Prompt(new TextPrompt<string>(question).Secret());
}
