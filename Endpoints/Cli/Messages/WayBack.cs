using System.Globalization;
using System.Security.Cryptography;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Transformers.FhirToHl7v2;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>Bundles back to HL7 v2: NAME.hl7 and NAME.ledger.json for each.</summary>
internal static class WayBack
{
    /// <summary>The 20 characters that MSH-10 had before version 2.7.</summary>
    private const int ControlIdLength = 20;

    public static int Write(List<NamedMessage> bundles, ReceiverAddress receiver, string folder, bool withRows, Report report)
    {
        if (bundles.Count == 0) return report.Fail(ExitCode.Usage, "No bundle there: .json files are read");
        if (OutputFiles.Clash(bundles) is { } clash) return report.Fail(ExitCode.Usage, clash);
        var summary = bundles.ConvertAll(bundle => Write(bundle, receiver, folder, withRows, report));
        var table = new Table().Border(TableBorder.Simple).AddColumns("Message", "Elements", "Written", "Not written");
        foreach (var row in summary.Where(row => row.Reason is null)) table.AddRow(Markup.Escape(row.Message), Number(row.Elements), Number(row.Written), Number(row.NotWritten));
        if (summary.Exists(row => row.Reason is null)) report.Screen.Write(table);
        foreach (var row in summary.Where(row => row.Reason is not null)) report.Line($"{row.Message} refused: {row.Reason}");
        var done = summary.Count(row => row.Reason is null);
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{done} of {summary.Count} bundles translated; {summary.Sum(row => row.Elements)} elements: {summary.Sum(row => row.Written)} written, {summary.Sum(row => row.NotWritten)} not written"));
        report.Document(new { messages = summary, translated = done, refused = summary.Count - done });
        return done == summary.Count ? ExitCode.Done : ExitCode.Refused;
    }

    private static WayBackSummary Write(NamedMessage bundle, ReceiverAddress receiver, string folder, bool withRows, Report report)
    {
        // The same bundle has the same number each time, so that a receiver knows a repeat.
        var control = Convert.ToHexString(SHA256.HashData(bundle.Bytes.Span))[..ControlIdLength];
        var written = FhirToHl7v2Translator.Translate(bundle.Bytes, receiver with { ControlId = control });
        if (!written.Accepted) return new(bundle.Name, bundle.File, null, 0, 0, 0, (int)written.Rejection.Code, written.Rejection.ToString());
        var path = OutputFiles.Place(folder, $"{bundle.Name}.hl7");
        File.WriteAllBytes(path, written.Value);
        var ledger = WayBackLedger.Of(bundle.Bytes, written.Value);
        using (var file = File.Create(Path.Combine(folder, $"{bundle.Name}.ledger.json"))) ledger.Write(file);
        if (withRows)
            foreach (var row in ledger.Rows.Where(row => !row.Written)) report.Line($"{bundle.Name}: not written: {row.Path}");
        return new(bundle.Name, bundle.File, path, ledger.Rows.Count, ledger.Written, ledger.Rows.Count - ledger.Written, null, null);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <param name="Rejection">The number of the refusal, or null.</param>
    private sealed record WayBackSummary(string Message, string File, string? Hl7, int Elements, int Written, int NotWritten, int? Rejection, string? Reason);
}
