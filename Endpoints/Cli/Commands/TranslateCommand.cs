using System.CommandLine;
using System.Globalization;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Messages;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2ToFhir;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp translate: messages to FHIR bundles and ledgers, or bundles back to messages, without a hub.</summary>
public static class TranslateCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("FILE-OR-FOLDER") { Description = "Message file, in ER7 or v2 XML, or folder of such files; with --to hl7v2 a FHIR Bundle of type message in JSON, or folder of such" };
        var to = new Option<string>("--to") { Description = "What is written: fhir, or hl7v2 for receivers that speak it (ADT, ORU, SIU, RDE, REF, MDM)", DefaultValueFactory = _ => "fhir" };
        to.AcceptOnlyFromAmong("fhir", "hl7v2");
        var receiver = new Option<string?>("--receiver") { Description = "With --to hl7v2: receiving application and facility as APP^FACILITY (MSH-5, MSH-6); without it those of the message that the bundle came from" };
        var output = new Option<string>("--out") { Description = "Folder for NAME.json, or NAME.hl7, and NAME.ledger.json, in the subfolders that the input has; made when it is missing", Required = true };
        var charset = new Option<string>("--charset") { Description = "Character set where MSH-18 is empty (HL7 table 0211); with --to hl7v2 that of the message that is written", DefaultValueFactory = _ => "UNICODE UTF-8" };
        var offset = new Option<string?>("--utc-offset") { Description = "Offset for times that state none, such as +08:00; without it they become dates, and the ledger keeps the time" };
        var ledger = new Option<bool>("--ledger") { Description = "Also print the ledgers: what became of each field, segment by segment, with counts by rule; with --to hl7v2 which elements are not in the message" };
        var maps = new Option<string?>("--maps") { Description = "Folder of map files (docs/maps.md); those of every source are followed here" };
        var terminology = new Option<string?>("--terminology") { Description = "File or folder of local code maps (CSV)" };
        var source = new Option<string>("--source") { Description = "The source that the messages come from: whose local code maps apply", DefaultValueFactory = _ => "local" };
        var command = new TaughtCommand("translate", "Translate HL7 v2 messages to FHIR R4, or such bundles back, with a ledger of what became of each field. Needs no hub.", ["ehp translate result.hl7 --out translated", "ehp translate feeds/ --out translated --utc-offset +08:00 --json", "ehp translate admission.hl7 --out translated --ledger --maps maps/", "ehp translate result.hl7 --out translated --terminology codes/ --source my-lab", "ehp translate --to hl7v2 translated/result.json --out back --receiver LIS^CLINIC"]) { path, to, receiver, output, charset, offset, ledger, maps, terminology, source };
        command.SetAction(parsed =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            try
            {
                if (parsed.GetValue(to) == "hl7v2")
                {
                    var address = ReceiverOption.Read(parsed.GetValue(receiver), parsed.GetValue(charset)!);
                    return address.Accepted
                        ? WayBack.Write([.. BundleFiles.Read(parsed.GetValue(path)!)], address.Value, Directory.CreateDirectory(parsed.GetValue(output)!).FullName, parsed.GetValue(ledger), report)
                        : report.Fail(ExitCode.Usage, address.Rejection.ToString());
                }

                var translator = new Hl7v2Translator();
                if (parsed.GetValue(maps) is { } folder && LocalMaps.Load(translator, folder) is { Count: > 0 } faults) return report.Fail(ExitCode.Usage, string.Join('\n', faults));
                if (parsed.GetValue(terminology) is { } codes)
                {
                    var (codeMaps, errors) = TerminologyFiles.Read(codes);
                    if (codeMaps is null) return report.Fail(ExitCode.Usage, string.Join('\n', errors));
                    translator.LocalMaps = codeMaps;
                }

                return Translate(
                    translator, LocalSource.Of(parsed.GetValue(charset)!, parsed.GetValue(offset)) with { Id = parsed.GetValue(source)! },
                    [.. MessageFiles.Read(parsed.GetValue(path)!)], Directory.CreateDirectory(parsed.GetValue(output)!).FullName,
                    parsed.GetValue(ledger), report);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return report.Fail(ExitCode.Usage, fault.Message);
            }
        });
        return command;
    }

    private static int Translate(Hl7v2Translator translator, Source source, List<NamedMessage> messages, string folder, bool withRows, Report report)
    {
        if (messages.Count == 0) return report.Fail(ExitCode.Usage, MessageFiles.Nothing);
        if (OutputFiles.Clash(messages) is { } clash) return report.Fail(ExitCode.Usage, clash);
        var context = new TranslationContext(source, null, null, TimeProvider.System.GetUtcNow());
        var summary = new List<TranslationSummary>();
        foreach (var message in messages)
        {
            var translated = translator.Translate(message.Bytes, context);
            summary.Add(translated.Accepted ? Write(message, translated.Value, folder) : Refused(message, translated.Rejection));
            if (withRows && translated.Accepted) LedgerPrint.Write(message.Name, translated.Value.Ledger, report.Screen);
        }

        Print(summary, report);
        return summary.Exists(row => row.Rejection is not null) ? ExitCode.Refused : ExitCode.Done;
    }

    private static TranslationSummary Write(NamedMessage message, Translation translation, string folder)
    {
        var bundle = OutputFiles.Place(folder, $"{message.Name}.json");
        File.WriteAllBytes(bundle, translation.Bundle.Span);
        using (var file = File.Create(Path.Combine(folder, $"{message.Name}.ledger.json")))
        {
            LedgerFile.Write(translation.Ledger, file);
        }

        var ledger = translation.Ledger;
        return new(message.Name, message.File, bundle, translation.Resources.Count, ledger.Mapped, ledger.Carried, ledger.Dropped, null, null);
    }

    private static TranslationSummary Refused(NamedMessage message, Rejection rejection) =>
        new(message.Name, message.File, null, 0, 0, 0, 0, (int)rejection.Code, rejection.ToString());

    private static void Print(List<TranslationSummary> summary, Report report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Message", "Resources", "Mapped", "Carried", "Dropped");
        var done = summary.Where(row => row.Rejection is null).ToList();
        foreach (var row in done)
        {
            table.AddRow(Markup.Escape(row.Message), Number(row.Resources), Number(row.Mapped), Number(row.Carried), Number(row.Dropped));
        }

        if (done.Count > 0) report.Screen.Write(table);
        foreach (var row in summary.Where(row => row.Rejection is not null)) report.Line($"{row.Message} refused: {row.Reason}");
        var leaves = done.Sum(row => row.Mapped + row.Carried + row.Dropped);
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{done.Count} of {summary.Count} messages translated; {leaves} fields: {done.Sum(row => row.Mapped)} mapped, {done.Sum(row => row.Carried)} carried, {done.Sum(row => row.Dropped)} dropped"));
        report.Document(new { messages = summary, translated = done.Count, refused = summary.Count - done.Count });
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <param name="Rejection">The number of the refusal, or null.</param>
    private sealed record TranslationSummary(
        string Message, string File, string? Bundle, int Resources, int Mapped, int Carried, int Dropped, int? Rejection, string? Reason);
}
