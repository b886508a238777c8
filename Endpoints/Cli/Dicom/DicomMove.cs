using System.CommandLine;
using System.Globalization;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Endpoints.Cli.Output;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>ehp dicom move: C-MOVE of the study root.</summary>
internal static class DicomMove
{
    public static Command Create()
    {
        var uids = new Argument<string[]>("UID") { Description = "Study instance UID, then series instance UID, then SOP instance UID", Arity = new(1, 3) };
        var destination = new Option<string>("--destination") { Description = "AE title that it is to be sent to: the other side must know where that listens", Required = true };
        var command = new TaughtCommand(
            "move", "Have another application entity send a study, a series or an instance to a third one (C-MOVE, study root). Into our own hub it is sent with --destination EHEALTHPLUS.",
            ["ehp dicom move pacs.example:104 1.2.3 --to PACS --ae MYPACS --destination EHEALTHPLUS", "ehp dicom move 127.0.0.1:11112 1.2.3 1.2.3.1 --ae MYPACS --destination VIEWER-1 --json"])
        {
            EntityOptions.Address, uids, destination, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(
            parsed, (options, report) => MoveAsync(options, report, parsed.GetValue(uids)!, parsed.GetValue(destination)!, cancellation)));
        return command;
    }

    private static async Task<int> MoveAsync(DicomUserOptions options, Report report, string[] uids, string destination, CancellationToken cancellation)
    {
        if (destination.Length is 0 or > 16 || !System.Text.Ascii.IsValid(destination)) return report.Fail(ExitCode.Usage, "--destination is an AE title: 1 to 16 ASCII characters");
        var identifier = QueryKeys.Of(uids);
        if (!identifier.Accepted) return report.Fail(ExitCode.Usage, identifier.Rejection.Detail);
        await using var user = await DicomQuery.OpenAsync(options, TimeProvider.System, cancellation);
        QueryAnswer? last = null;
        await report.Progress().StartAsync(async screen => last = await TransferProgress.FollowAsync(screen, "Moving", DicomQuery.MoveAsync(user, identifier.Value, destination, cancellation)));
        await user.ReleaseAsync(cancellation);
        var (completed, failed, warning) = last?.SubOperations is { } counts ? (counts.Completed, counts.Failed, counts.Warning) : default;
        report.Document(new { status = last?.Status, comment = last?.Comment, completed, failed, warning });
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{completed + warning} sent to {destination}, {failed} failed, status {last?.Status:X4}H {last?.Comment}"));
        return last is { Status: 0 } && completed + warning > 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
