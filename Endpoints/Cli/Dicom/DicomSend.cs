using System.CommandLine;
using System.Globalization;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Transformers.Dicom.Writing;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>ehp dicom send: files by C-STORE, each with its answer.</summary>
internal static class DicomSend
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "DICOM file, or folder of such files", Arity = ArgumentArity.OneOrMore };
        var command = new TaughtCommand("send", "Send DICOM files by C-STORE, each as it is; uncompressed ones in another uncompressed transfer syntax where the other side takes only that.", ["ehp dicom send 127.0.0.1:11112 study/ --ae MYPACS", "ehp dicom send pacs.example:104 image.dcm --ae EHEALTHPLUS --to PACS --json"])
        {
            EntityOptions.Address, paths, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(parsed, (options, report) => SendAsync(options, report, [.. Part10File.In(parsed.GetValue(paths)!)], cancellation)));
        return command;
    }

    private static async Task<int> SendAsync(DicomUserOptions options, Report report, List<string> paths, CancellationToken cancellation)
    {
        var (files, rows) = (new List<Part10File>(), new List<Row>());
        foreach (var path in paths)
        {
            var read = Part10File.Read(path);
            if (read.Accepted) files.Add(read.Value);
            else rows.Add(new(path, null, null, read.Rejection.Detail));
        }

        if (files.Count > 0)
        {
            await using var user = await DicomUser.OpenToStoreAsync(options, files.Select(file => file.Kind), TransferSyntax.Uncompressed, TimeProvider.System, cancellation);
            await report.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async screen =>
            {
                var progress = screen.AddTask("Sending", maxValue: files.Count);
                foreach (var file in files)
                {
                    rows.Add(await SendOneAsync(user, file, cancellation));
                    progress.Increment(1);
                }
            });
            await user.ReleaseAsync(cancellation);
        }

        foreach (var row in rows.Where(row => row.Status != 0)) report.Line($"{row.StatusText}  {row.File}  {row.Comment}");
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{rows.Count(row => row.Stored)} of {rows.Count} files stored by {options.CalledAeTitle}"));
        report.Document(rows.Select(row => new { file = row.File, sopInstanceUid = row.SopInstanceUid, status = row.Status, comment = row.Comment }));
        return rows.TrueForAll(row => row.Stored) ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<Row> SendOneAsync(DicomUser user, Part10File file, CancellationToken cancellation)
    {
        await using var dataSet = file.OpenDataSet();
        var syntax = user.TransferSyntaxFor(file.Kind);
        if (syntax is null || syntax == file.Kind.TransferSyntaxUid) return Row.Of(file, await user.StoreAsync(file.Kind, file.SopInstanceUid, dataSet, cancellation));
        using var other = new MemoryStream();
        if (await new DataSetWriter().TranscodeAsync(dataSet, file.Kind.TransferSyntaxUid, syntax, other, cancellation) is { } refusal) return new(file.Path, file.SopInstanceUid, null, refusal.Detail);
        other.Position = 0;
        return Row.Of(file, await user.StoreAsync(file.Kind, file.SopInstanceUid, other, cancellation));
    }

    /// <param name="Status">Null where it was not sent.</param>
    private sealed record Row(string File, string? SopInstanceUid, ushort? Status, string? Comment)
    {
        public bool Stored { get; init; }

        public string StatusText => Status is { } status ? status.ToString("X4", CultureInfo.InvariantCulture) : "----";

        public static Row Of(Part10File file, StoreOutcome outcome) => new(file.Path, file.SopInstanceUid, outcome.Status, outcome.Comment) { Stored = outcome.Stored };
    }
}
