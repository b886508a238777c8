using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Json;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>ehp dicom step: what a modality says of an examination, and what was said (modality performed procedure step, PS3.4-2024 annex F).</summary>
internal static class DicomStep
{
    // Requested Optional Attributes Not Supported (PS3.4-2024 F.8.2), Attribute List Error and Attribute Value Out of Range (PS3.7-2024 C.4): it is kept, or told, all the same.
    private static readonly ushort[] Good = [0, 0x0001, 0x0107, 0x0116];

    private static readonly Argument<string> Step = new("STEP-UID") { Description = "What ehp dicom step begin answered" };

    public static Command Create() => new("step", "Report an examination as a modality does (modality performed procedure step): begin, complete, discontinue, read") { Begin(), Complete(), Discontinue(), Read() };

    private static TaughtCommand Begin()
    {
        var study = new Option<string>("--study") { Description = "Study instance UID, as the worklist gave it", Required = true };
        var scheduled = new Option<string?>("--scheduled") { Description = "Scheduled procedure step ID of the worklist (0040,0009)" };
        var accession = new Option<string?>("--accession") { Description = "Accession number of the order" };
        var patient = new Option<string?>("--patient") { Description = "Patient ID" };
        var modality = new Option<string>("--modality") { Description = "What makes the images, such as CT", DefaultValueFactory = _ => "OT" };
        var uid = new Option<string?>("--uid") { Description = "SOP instance UID of the step; made where it is not said" };
        var command = new TaughtCommand(
            "begin", "Say that an examination begins (N-CREATE). Prints the UID of the step: complete and discontinue want it.",
            ["ehp dicom step begin 127.0.0.1:11112 --ae CT-ROOM-1 --study 1.2.3 --scheduled SPS7 --modality CT", "ehp dicom step begin 127.0.0.1:11112 --ae CT-ROOM-1 --study 1.2.3 --accession ACC7 --patient M1 --json"])
        {
            EntityOptions.Address, study, scheduled, accession, patient, modality, uid, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(parsed, (options, report) =>
        {
            var step = parsed.GetValue(uid) ?? SyntheticStudy.NewUid();
            var attributes = StepReport.Begin(
                parsed.GetValue(study)!, parsed.GetValue(scheduled), parsed.GetValue(accession), parsed.GetValue(patient), parsed.GetValue(modality)!, options.CallingAeTitle, TimeProvider.System.GetLocalNow());
            return SayAsync(options, report, step, "begun", attributes, PerformedStepUser.CreateAsync, cancellation);
        }));
        return command;
    }

    private static TaughtCommand Complete()
    {
        var files = new Argument<string[]>("PATH") { Description = "The images that were made: DICOM files, or folders of them. The hub knows then which are still to come", Arity = ArgumentArity.OneOrMore };
        var command = new TaughtCommand(
            "complete", "Say that an examination is done, and which images were made (N-SET).", ["ehp dicom step complete 127.0.0.1:11112 2.25.77 ct/ --ae CT-ROOM-1"])
        {
            EntityOptions.Address, Step, files, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(
            parsed, (options, report) => EndAsync(options, report, parsed.GetValue(Step)!, "COMPLETED", parsed.GetValue(files)!, cancellation)));
        return command;
    }

    private static TaughtCommand Discontinue()
    {
        var files = new Argument<string[]>("PATH") { Description = "Images that were made before: DICOM files, or folders of them", Arity = ArgumentArity.ZeroOrMore };
        var command = new TaughtCommand("discontinue", "Say that an examination was broken off (N-SET).", ["ehp dicom step discontinue 127.0.0.1:11112 2.25.77 --ae CT-ROOM-1"])
        {
            EntityOptions.Address, Step, files, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(
            parsed, (options, report) => EndAsync(options, report, parsed.GetValue(Step)!, "DISCONTINUED", parsed.GetValue(files)!, cancellation)));
        return command;
    }

    private static TaughtCommand Read()
    {
        var command = new TaughtCommand("read", "Ask what was said of an examination so far (N-GET).", ["ehp dicom step read 127.0.0.1:11112 2.25.77 --ae CT-ROOM-1"])
        {
            EntityOptions.Address, Step, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(parsed, (options, report) => ReadAsync(options, report, parsed.GetValue(Step)!, cancellation)));
        return command;
    }

    private static async Task<int> ReadAsync(DicomUserOptions options, Report report, string step, CancellationToken cancellation)
    {
        await using var user = await PerformedStepUser.OpenToReadAsync(options, TimeProvider.System, cancellation);
        var (answer, attributes) = await PerformedStepUser.ReadAsync(user, step, [], cancellation);
        await user.ReleaseAsync(cancellation);
        if (!Good.Contains(answer.Status)) return report.Fail(ExitCode.Refused, Refusal(options, answer));
        var json = new IdentifierCodec().Read(attributes, PerformedStepUser.AttributeSyntax, null);
        if (!json.Accepted) return report.Fail(ExitCode.Refused, $"The answer cannot be read: {json.Rejection.Detail}");
        using var document = JsonDocument.Parse(json.Value);
        report.Document(document.RootElement);
        Tell(report, document.RootElement, "");
        return ExitCode.Done;
    }

    // An item of a sequence stands under its name, a little to the right.
    private static void Tell(Report report, JsonElement dataSet, string margin)
    {
        foreach (var (attribute, (name, text)) in dataSet.EnumerateObject().Zip(QueryKeys.Describe(dataSet)))
        {
            if (JsonDataSet.VrOf(attribute.Value) != "SQ")
            {
                if (text.Length > 0) report.Line($"{margin}{name,-32} {text}");
                continue;
            }

            foreach (var item in JsonDataSet.Items(dataSet, attribute.Name))
            {
                report.Line($"{margin}{name}");
                Tell(report, item, margin + "  ");
            }
        }
    }

    private static async Task<int> EndAsync(DicomUserOptions options, Report report, string step, string status, string[] paths, CancellationToken cancellation)
    {
        var series = await PerformedSeries.ReadAsync(Part10File.In(paths), cancellation);
        if (!series.Accepted) return report.Fail(ExitCode.Usage, series.Rejection.Detail);
        return await SayAsync(
            options, report, step, status == "COMPLETED" ? "completed" : "discontinued", StepReport.End(status, series.Value, TimeProvider.System.GetLocalNow()), PerformedStepUser.SetAsync, cancellation);
    }

    private static async Task<int> SayAsync(
        DicomUserOptions options, Report report, string step, string what, Result<ReadOnlyMemory<byte>> attributes,
        Func<DicomUser, string, ReadOnlyMemory<byte>, CancellationToken, Task<StepAnswer>> say, CancellationToken cancellation)
    {
        if (!attributes.Accepted) return report.Fail(ExitCode.Usage, attributes.Rejection.Detail);
        await using var user = await PerformedStepUser.OpenAsync(options, TimeProvider.System, cancellation);
        var answer = await say(user, step, attributes.Value, cancellation);
        await user.ReleaseAsync(cancellation);
        var good = Good.Contains(answer.Status);
        report.Document(new { step, status = answer.Status, errorId = answer.ErrorId, comment = answer.Comment });
        report.Line(good
            ? $"{step} {what}"
            : Refusal(options, answer));
        return good ? ExitCode.Done : ExitCode.Refused;
    }

    private static string Refusal(DicomUserOptions options, StepAnswer answer) => string.Create(
        CultureInfo.InvariantCulture, $"{options.CalledAeTitle} refuses with status {answer.Status:X4}H {(answer.ErrorId is { } id ? $"{id:X4}H " : "")}{answer.Comment}");
}
