using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Golden.Judge;

/// <summary>One fault of one resource.</summary>
/// <param name="File">Message the bundle was translated from.</param>
public sealed record Fault(string File, string Resource, string Path, string Message)
{
    public override string ToString() => $"{File}: {Resource} {Path}: {Message}";
}

/// <param name="Bundles">How many were read and judged.</param>
public sealed record Judgement(int Bundles, int Resources, IReadOnlyList<Fault> Faults);

/// <summary>Asks judge.mjs, which runs Medplum's validator over the official R4 definitions. One process for all bundles.</summary>
public static class FhirJudge
{
    private static readonly string Folder = Here();

    /// <exception cref="InvalidOperationException">Its packages are not installed, or it broke down.</exception>
    public static async Task<Judgement> JudgeAsync(IEnumerable<(string Name, ReadOnlyMemory<byte> Bundle)> bundles, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(System.IO.Path.Combine(Folder, "node_modules/@medplum/core")))
        {
            throw new InvalidOperationException("The FHIR judge is not installed. Run: npm ci --prefix tests/Golden/Judge");
        }

        using var node = Process.Start(new ProcessStartInfo("node", ["judge.mjs"])
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), StandardOutputEncoding = Encoding.UTF8,
        })!;
        var output = node.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = node.StandardError.ReadToEndAsync(cancellationToken);
        foreach (var (name, bundle) in bundles)
        {
            var line = new JsonObject { ["name"] = name, ["bundle"] = JsonNode.Parse(bundle.Span) };
            await node.StandardInput.WriteLineAsync(line.ToJsonString().AsMemory(), cancellationToken);
        }

        node.StandardInput.Close();
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        await node.WaitForExitAsync(cancellationToken);
        if (node.ExitCode != 0 || lines.Count == 0) throw new InvalidOperationException($"judge.mjs broke down:\n{await error}");
        var faults = lines.SkipLast(1).Select(line => line.Deserialize<Fault>(Naming)!).ToList();
        return new((int)lines[^1]["bundles"]!, (int)lines[^1]["resources"]!, faults);
    }

    private static readonly JsonSerializerOptions Naming = new(JsonSerializerDefaults.Web);

    private static string Here([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;
}
