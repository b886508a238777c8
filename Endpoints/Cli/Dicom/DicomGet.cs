using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Transformers.Dicom.Json;
using EHealthPlus.Transformers.Dicom.Writing;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>ehp dicom get: C-GET of a study, series or instance into a folder.</summary>
internal static class DicomGet
{
    /// <summary>What objects are kept in, the commonest first: an association has 127 contexts, and each class takes one for each of these.</summary>
    private static readonly string[] Syntaxes =
    [
        TransferSyntax.ExplicitLittleEndian, TransferSyntax.ImplicitLittleEndian,
        .. ((string[])
        [
            // JPEG, JPEG 2000, RLE; JPEG-LS, HTJ2K, JPEG XL.
            "4.50", "4.70", "4.90", "4.91", "5", "4.51", "4.57", "4.80", "4.81", "4.201", "4.202", "4.203", "4.110", "4.111", "4.112",
            // MPEG-4, HEVC and MPEG-2, each of those that may come in fragments too.
            "4.102", "4.103", "4.104", "4.105", "4.106", "4.107", "4.108", "4.100", "4.101", "4.102.1", "4.103.1", "4.104.1", "4.105.1", "4.106.1", "4.100.1", "4.101.1",
        ]).Select(suffix => "1.2.840.10008.1.2." + suffix),
    ];

    public static Command Create()
    {
        var uids = new Argument<string[]>("UID") { Description = "Study instance UID, then series instance UID, then SOP instance UID", Arity = new(1, 3) };
        var into = new Option<string>("--into") { Description = "Folder for the files, one for each instance", DefaultValueFactory = _ => "." };
        var command = new TaughtCommand("get", "Fetch a study, a series or an instance from another application entity (C-GET, study root) into a folder.", ["ehp dicom get 127.0.0.1:11112 1.2.3 --ae MYPACS --into study/", "ehp dicom get pacs.example:104 1.2.3 1.2.3.1 --to PACS"])
        {
            EntityOptions.Address, uids, into, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(parsed, (options, report) => GetAsync(options, report, parsed.GetValue(uids)!, parsed.GetValue(into)!, cancellation)));
        return command;
    }

    private static async Task<int> GetAsync(DicomUserOptions options, Report report, string[] uids, string into, CancellationToken cancellation)
    {
        if (await KindsAsync(options, uids, cancellation) is not { Count: > 0 } kinds) return report.Fail(ExitCode.Refused, "Nothing of that is there, or may be given");
        Directory.CreateDirectory(into);
        var identifier = QueryKeys.Of(uids);
        if (!identifier.Accepted) return report.Fail(ExitCode.Usage, identifier.Rejection.Detail);
        var folder = new FolderOfFiles(into);
        await using var user = await DicomQuery.OpenToGetAsync(options, kinds, folder, TimeProvider.System, cancellation);
        QueryAnswer? last = null;
        await report.Progress().StartAsync(async screen => last = await TransferProgress.FollowAsync(screen, "Fetching", DicomQuery.GetAsync(user, identifier.Value, cancellation)));
        await user.ReleaseAsync(cancellation);
        report.Document(new { status = last?.Status, comment = last?.Comment, files = folder.Files, failed = last?.SubOperations?.Failed });
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{folder.Files.Count} files in {into}, {last?.SubOperations?.Failed ?? 0} failed, status {last?.Status:X4}H {last?.Comment}"));
        return last is { Status: 0 } && folder.Files.Count > 0 ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>What is to be fetched may be of these kinds: each needs a context of its own, and an association has few.</summary>
    /// <returns>None where there is nothing.</returns>
    private static async Task<IReadOnlyList<InstanceKind>> KindsAsync(DicomUserOptions options, string[] uids, CancellationToken cancellation)
    {
        var identifier = QueryKeys.Identifier("IMAGE", QueryKeys.Named(uids), withUsual: true);
        if (!identifier.Accepted) return [];
        var (classes, found) = (new HashSet<string>(StringComparer.Ordinal), false);
        await using var user = await DicomQuery.OpenAsync(options, TimeProvider.System, cancellation);
        await foreach (var answer in DicomQuery.FindAsync(user, identifier.Value, cancellation))
        {
            var json = answer.IsPending ? new IdentifierCodec().Read(answer.DataSet, DicomQuery.IdentifierSyntax, null) : default;
            if (!answer.IsPending || !json.Accepted) continue;
            found = true;
            using var document = JsonDocument.Parse(json.Value);
            if (JsonDataSet.Text(document.RootElement, "00080016") is { } sopClass) classes.Add(sopClass);
        }

        await user.ReleaseAsync(cancellation);
        // Compressed ones do not come from an archive that keeps their classes to itself.
        var (asked, syntaxes) = classes.Count > 0 || !found ? ((IEnumerable<string>)classes, Syntaxes) : (UsualStorage.SopClassUids, Syntaxes[..2]);
        return [.. syntaxes.SelectMany(syntax => asked.Select(sopClass => new InstanceKind(sopClass, syntax)))];
    }

    private sealed class FolderOfFiles(string folder) : IInstanceReceiver
    {
        public List<string> Files { get; } = [];

        public Stream Begin(string sopClassUid, string sopInstanceUid, string transferSyntaxUid)
        {
            // A UID is digits and dots: what else came must not become a path.
            var name = new string([.. sopInstanceUid.Where(letter => char.IsAsciiDigit(letter) || letter == '.')]);
            var path = Path.Combine(folder, $"{name}.dcm");
            var file = File.Create(path);
            file.Write(new DataSetWriter().FileMeta(sopClassUid, sopInstanceUid, transferSyntaxUid));
            Files.Add(path);
            return file;
        }
    }
}
