using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Files;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Deidentification;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>ehp dicom deidentify: files for research and for tests, without who they are of.</summary>
internal static class DicomDeidentify
{
    private static readonly Dictionary<string, ConfidentialityOption> Names = new(StringComparer.Ordinal)
    {
        ["retain-uids"] = ConfidentialityOption.RetainUids,
        ["retain-full-dates"] = ConfidentialityOption.RetainFullDates,
        ["retain-modified-dates"] = ConfidentialityOption.RetainModifiedDates,
        ["retain-patient-characteristics"] = ConfidentialityOption.RetainPatientCharacteristics,
        ["retain-device-identity"] = ConfidentialityOption.RetainDeviceIdentity,
        ["retain-institution-identity"] = ConfidentialityOption.RetainInstitutionIdentity,
        ["retain-safe-private"] = ConfidentialityOption.RetainSafePrivate,
        ["clean-descriptors"] = ConfidentialityOption.CleanDescriptors,
        ["clean-structured-content"] = ConfidentialityOption.CleanStructuredContent,
        ["clean-graphics"] = ConfidentialityOption.CleanGraphics,
        ["clean-pixel-data"] = ConfidentialityOption.CleanPixelData,
        ["clean-recognizable-visual-features"] = ConfidentialityOption.CleanRecognizableVisualFeatures,
    };

    private const string Explained = "Option of PS3.15 E.3; may be said several times. retain-modified-dates (all dates of a patient move by the same days), retain-full-dates, "
        + "retain-patient-characteristics (sex, age, size, weight), retain-device-identity, retain-institution-identity, retain-uids, "
        + "retain-safe-private (known numbers of manufacturers), clean-descriptors (of descriptions the harmless words stay), clean-structured-content (measured values of reports stay), "
        + "clean-graphics (lines stay, words go). clean-pixel-data and clean-recognizable-visual-features are refused: pixels are not looked at";

    public static Command Create()
    {
        var path = new Argument<string>("FILE-OR-FOLDER") { Description = "DICOM file, or folder of such files" };
        var into = new Option<string>("--out") { Description = "Folder for the results: STUDY/SERIES/INSTANCE.dcm, named by the new UIDs", Required = true };
        var keyFile = new Option<string>("--key-file") { Description = "Key of the project; made when there is none. The same key gives the same pseudonyms and UIDs in each run. Keep it away from the results; destroyed, nobody can tie them to a patient again", Required = true };
        var option = new Option<string[]>("--option") { Description = Explained, HelpName = "NAME", DefaultValueFactory = _ => [] };
        option.AcceptOnlyFromAmong([.. Names.Keys]);
        var accept = new Option<bool>("--accept-burned-in") { Description = "Take images too that may show names in their pixels (ultrasound, secondary capture ...) and documents. Look at each before you pass it on" };
        var command = new TaughtCommand(
            "deidentify",
            "De-identify DICOM files after PS3.15 annex E, basic profile: names, numbers, dates, places, private attributes and UIDs go or are replaced; pixels stay as they are and are not looked at. Needs no hub.",
            [
                "ehp dicom deidentify study/ --out research/ --key-file project.key",
                "ehp dicom deidentify study/ --out research/ --key-file project.key --option retain-modified-dates --option retain-patient-characteristics",
                "ehp dicom deidentify ultrasound/ --out research/ --key-file project.key --accept-burned-in --json",
            ]) { path, into, keyFile, option, accept };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            var (from, to) = (parsed.GetValue(path)!, parsed.GetValue(into)!);
            if (!File.Exists(from) && !Directory.Exists(from)) return report.Fail(ExitCode.Usage, $"There is no {from}");
            if (Path.GetFullPath(to + "/").StartsWith(Path.GetFullPath(from + "/"), StringComparison.Ordinal)) return report.Fail(ExitCode.Usage, "--out lies in the folder that is read: the next run would take its results for originals");
            try
            {
                var key = ProjectKeyFile.Open(parsed.GetValue(keyFile)!, out var made);
                if (!key.Accepted) return report.Fail(ExitCode.Refused, key.Rejection.ToString());
                if (made) report.Line($"{parsed.GetValue(keyFile)} is a new key. Keep it as long as more data may come to the project, and apart from the data.");
                var deidentifier = Deidentifier.Create(key.Value, parsed.GetValue(option)!.Select(name => Names[name]).ToHashSet(), parsed.GetValue(accept));
                if (!deidentifier.Accepted) return report.Fail(ExitCode.Refused, deidentifier.Rejection.ToString());
                return await RunAsync(deidentifier.Value, report, from, to, cancellation);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return report.Fail(ExitCode.Usage, fault.Message);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(Deidentifier deidentifier, Report report, string path, string into, CancellationToken cancellation)
    {
        var files = Part10File.In([path]).ToList();
        var rows = new List<Row>();
        var written = new HashSet<string>(StringComparer.Ordinal);
        await report.Screen.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async screen =>
        {
            var progress = screen.AddTask("De-identifying", maxValue: Math.Max(files.Count, 1));
            foreach (var file in files)
            {
                rows.Add(await OneAsync(deidentifier, file, into, written, cancellation));
                progress.Increment(1);
            }
        });
        Say(report, rows, into);
        return rows.Count > 0 && rows.TrueForAll(row => row.Refused is null) ? ExitCode.Done : ExitCode.Refused;
    }

    /// <param name="written">Results of this run: those of an earlier one are replaced.</param>
    private static async Task<Row> OneAsync(Deidentifier deidentifier, string path, string into, HashSet<string> written, CancellationToken cancellation)
    {
        Directory.CreateDirectory(into);
        // Not a name of the results, and never one that tells of the original's.
        var unfinished = Path.Combine(into, $".{Guid.NewGuid():N}.part");
        try
        {
            Result<DeidentifiedInstance> outcome;
            await using (var original = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
            await using (var output = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                outcome = await deidentifier.DeidentifyAsync(original, output, cancellation);
                output.Flush(flushToDisk: true);
            }

            if (!outcome.Accepted) return new(path, null, null, outcome.Rejection);
            var folder = Path.Combine(into, Name(outcome.Value.StudyInstanceUid, "no-study"), Name(outcome.Value.SeriesInstanceUid, "no-series"));
            LastingName.MakeFolder(folder);
            var result = Path.Combine(folder, $"{Name(outcome.Value.SopInstanceUid, "no-instance")}.dcm");
            if (!written.Add(result) && !await IsSameAsync(unfinished, result, cancellation))
                return new(path, null, null, new(RejectionCode.InstanceConflict, "A file before has this SOP Instance UID and other content; its result stays"));
            LastingName.Move(unfinished, result);
            return new(path, result, outcome.Value, null);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<bool> IsSameAsync(string one, string other, CancellationToken cancellation)
    {
        await using var first = File.OpenRead(one);
        await using var second = File.OpenRead(other);
        var (hash, another) = (await SHA256.HashDataAsync(first, cancellation), await SHA256.HashDataAsync(second, cancellation));
        return hash.AsSpan().SequenceEqual(another);
    }

    private static void Say(Report report, List<Row> rows, string into)
    {
        foreach (var row in rows.Where(row => row.Refused is not null)) report.Line($"refused  {row.File}  {row.Refused}");
        foreach (var row in rows.Where(row => row.Done?.PixelText is not null)) report.Line($"look at  {row.Result}  {row.Done!.PixelText}");
        var done = rows.Select(row => row.Done).OfType<DeidentifiedInstance>().ToList();
        if (done.Count > 0)
        {
            report.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"Attributes: {Sum(counts => counts.Removed)} removed and {Sum(counts => counts.PrivateRemoved)} private ones, {Sum(counts => counts.Emptied)} emptied, {Sum(counts => counts.Replaced)} replaced, {Sum(counts => counts.Remapped)} UIDs remapped, {Sum(counts => counts.Shifted)} dates moved, {Sum(counts => counts.Cleaned)} texts cleaned, {Sum(counts => counts.Kept)} kept"));
        }

        report.Line(string.Create(CultureInfo.InvariantCulture, $"{done.Count} of {rows.Count} files are in {into}"));
        report.Document(rows.Select(row => new
        {
            file = row.File,
            result = row.Result,
            refused = row.Refused is { } refused ? new { code = (int)refused.Code, name = $"{refused.Code}", detail = refused.Detail } : null,
            lookAt = row.Done?.PixelText is { } text ? new { code = (int)text.Code, name = $"{text.Code}", detail = text.Detail } : null,
            counts = row.Done?.Counts,
        }));

        int Sum(Func<DeidentificationCounts, int> of) => done.Sum(instance => of(instance.Counts));
    }

    // A UID is digits and dots: what else came, kept by an option, must not become a path.
    private static string Name(string uid, string otherwise) =>
        new string([.. uid.Where(letter => char.IsAsciiDigit(letter) || letter == '.')]).Trim('.') is { Length: > 0 } name ? name : otherwise;

    /// <param name="Result">Where it was written; null where it was refused.</param>
    private sealed record Row(string File, string? Result, DeidentifiedInstance? Done, Rejection? Refused);
}
