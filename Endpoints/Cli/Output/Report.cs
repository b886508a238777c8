using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Output;

/// <summary>Says the result: a line for people, or one JSON document on standard output with --json. Faults go to standard error.</summary>
public sealed class Report(bool json)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Chinese names stay readable; the document goes to a terminal or a file, never into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Wide enough for every table where no terminal sets a width: what reads a pipe wants a row on a line.</summary>
    private const int PipeWidth = 1_000;

    private static readonly IAnsiConsole Faults = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });

    private static readonly IAnsiConsole Nowhere = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) });

    public bool Json => json;

    /// <summary>Tables, for people only.</summary>
    public IAnsiConsole Screen { get; } = json ? Nowhere : Terminal();

    /// <summary>On a terminal only: a script that reads the output gets the result and nothing else, however long it takes.</summary>
    public Progress Progress() => (Console.IsOutputRedirected ? Nowhere : Screen).Progress();

    public void Line(string text)
    {
        if (!json) Console.Out.WriteLine(text);
    }

    public void Document(object value)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));
    }

    /// <summary>Says what failed and what to do about it.</summary>
    public int Fail(int exitCode, string what)
    {
        if (json) Document(new { exitCode, error = what });
        else if (Console.IsErrorRedirected) Console.Error.WriteLine(what);
        else Faults.MarkupLineInterpolated($"[red]{what}[/]");
        return exitCode;
    }

    private static IAnsiConsole Terminal()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Console.Profile.Width = PipeWidth;
        return AnsiConsole.Console;
    }
}
