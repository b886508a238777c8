using System.CommandLine;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Messages;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp validate: would the hub take these messages? Syntax, character set and translation; not identity and consent, which need a hub.</summary>
public static class ValidateCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Message file, in ER7 or v2 XML, or folder of such files", Arity = ArgumentArity.OneOrMore };
        var charset = new Option<string>("--charset") { Description = "Character set where MSH-18 is empty (HL7 table 0211)", DefaultValueFactory = _ => "ASCII" };
        var command = new TaughtCommand("validate", "Check messages as the hub would: syntax, limits, character set, translation. Needs no hub; identity and consent are not checked.", ["ehp validate result.hl7", "ehp validate feeds/ --json"]) { paths, charset };
        command.SetAction(parsed =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            try
            {
                return Validate([.. parsed.GetValue(paths)!.SelectMany(MessageFiles.Read)], parsed.GetValue(charset)!, report);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return report.Fail(ExitCode.Usage, fault.Message);
            }
        });
        return command;
    }

    private static int Validate(List<NamedMessage> messages, string charset, Report report)
    {
        if (messages.Count == 0) return report.Fail(ExitCode.Usage, MessageFiles.Nothing);
        var reader = new MessageReader();
        var translator = new Hl7v2Translator();
        var source = LocalSource.Of(charset, null);
        var rows = new List<object>();
        var refused = 0;
        foreach (var message in messages)
        {
            var rejection = reader.Read(message.Bytes, (_, _) => source).Rejection
                ?? translator.Translate(message.Bytes, new TranslationContext(source, null, null, TimeProvider.System.GetUtcNow())).Rejection;
            if (rejection is not null) refused++;
            rows.Add(new
            {
                message = message.Name,
                file = message.File,
                valid = rejection is null,
                code = (int?)rejection?.Code,
                location = rejection?.Location?.ToString(),
                detail = rejection?.Detail,
                meaning = rejection is null ? null : RejectionTable.Of(rejection.Code).English,
            });
            report.Line(rejection is null ? $"valid    {message.Name}" : $"refused  {message.Name}  {rejection}");
        }

        report.Document(rows);
        return refused > 0 ? ExitCode.Refused : ExitCode.Done;
    }
}
