using System.Diagnostics;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>This program again, in a process of its own that is killed (SIGKILL) while it works on a store.</summary>
internal static class KilledProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <param name="argument">What it is to do: see Program.</param>
    /// <param name="folder">Of its store.</param>
    /// <param name="until">Returns when it is to be killed.</param>
    /// <returns>The whole lines that it wrote after those that were read by <paramref name="until"/>.</returns>
    public static async Task<string[]> RunAsync(string argument, string folder, Func<StreamReader, CancellationToken, Task> until)
    {
        // This program runs as itself, or as an argument of dotnet.
        var program = Environment.ProcessPath!;
        string[] itself = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(KilledProgram).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. itself, argument, folder]) { RedirectStandardOutput = true };
        // A runtime that is killed leaves the sockets of its diagnostics in the temporary directory.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var victim = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await until(victim.StandardOutput, limit.Token);
        }
        finally
        {
            victim.Kill();
        }

        // What it could still say before the kill counts too; a line may be cut off.
        var rest = await victim.StandardOutput.ReadToEndAsync(limit.Token);
        await victim.WaitForExitAsync(limit.Token);
        return rest.Split('\n')[..^1];
    }

    /// <returns>At least so many lines.</returns>
    public static async Task<List<string>> RunAsync(string argument, string folder, int lines)
    {
        var said = new List<string>();
        var rest = await RunAsync(argument, folder, async (output, limit) =>
        {
            while (said.Count < lines) said.Add(await output.ReadLineAsync(limit) ?? throw new InvalidOperationException("The program ended by itself"));
        });
        return [.. said, .. rest];
    }
}
