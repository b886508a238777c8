using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Transformers.Dicom.Json;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>ehp dicom find: C-FIND of the study root.</summary>
internal static class DicomFind
{
    public static readonly Option<string> Level = new("--level") { Description = "STUDY, SERIES or IMAGE", DefaultValueFactory = _ => "STUDY" };

    public static Command Create()
    {
        var keys = new Argument<string[]>("KEY") { Description = "Keyword=value or gggg,eeee=value to match; without a value to be told it. Dates as ranges (20260101-20261231), text with * and ?", Arity = ArgumentArity.ZeroOrMore };
        Level.AcceptOnlyFromAmong("STUDY", "SERIES", "IMAGE");
        var command = new TaughtCommand("find", "Ask another application entity which studies, series or instances it has (C-FIND, study root).", ["ehp dicom find 127.0.0.1:11112 PatientID=A123456 --ae MYPACS", "ehp dicom find pacs.example:104 StudyInstanceUID=1.2.3 --level SERIES --to PACS --json"])
        {
            EntityOptions.Address, keys, Level, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(parsed, (options, report) => FindAsync(options, report, parsed.GetValue(Level)!, parsed.GetValue(keys)!, cancellation)));
        return command;
    }

    private static async Task<int> FindAsync(DicomUserOptions options, Report report, string level, string[] keys, CancellationToken cancellation)
    {
        var identifier = QueryKeys.Identifier(level, keys, withUsual: true);
        if (!identifier.Accepted) return report.Fail(ExitCode.Usage, identifier.Rejection.Detail);
        await using var user = await DicomQuery.OpenAsync(options, TimeProvider.System, cancellation);
        var matches = new List<JsonElement>();
        QueryAnswer? last = null;
        await foreach (var answer in DicomQuery.FindAsync(user, identifier.Value, cancellation))
        {
            last = answer;
            if (!answer.IsPending) break;
            var json = new IdentifierCodec().Read(answer.DataSet, DicomQuery.IdentifierSyntax, null);
            if (!json.Accepted) return report.Fail(ExitCode.Refused, $"A match cannot be read: {json.Rejection.Detail}");
            using var document = JsonDocument.Parse(json.Value);
            matches.Add(document.RootElement.Clone());
        }

        await user.ReleaseAsync(cancellation);
        if (last is not { Status: 0 }) return report.Fail(ExitCode.Refused, string.Create(CultureInfo.InvariantCulture, $"{options.CalledAeTitle} ended the query with status {last?.Status:X4}H {last?.Comment}"));
        report.Document(matches);
        foreach (var match in matches)
        {
            foreach (var (name, text) in QueryKeys.Describe(match).Where(pair => pair.Text.Length > 0)) report.Line($"{name,-32} {text}");
            report.Line("");
        }

        report.Line(string.Create(CultureInfo.InvariantCulture, $"{matches.Count} found"));
        return matches.Count > 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
