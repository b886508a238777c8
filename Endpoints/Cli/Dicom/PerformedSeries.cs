using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Scanning;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>A series that was made in an examination, and its instances.</summary>
/// <param name="Instances">SOP class, SOP instance, and whether it has pixels.</param>
internal sealed record PerformedSeries(string SeriesInstanceUid, string Modality, IReadOnlyList<(string SopClassUid, string SopInstanceUid, bool IsImage)> Instances)
{
    private const int Part = 64 * 1024;

    /// <summary>Reads which series files belong to.</summary>
    /// <returns>A rejection that names the file where one is no DICOM file.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<Result<IReadOnlyList<PerformedSeries>>> ReadAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var instances = new List<InstanceSummary>();
        foreach (var path in paths)
        {
            var read = await ScanAsync(path, cancellationToken);
            if (!read.Accepted) return new Rejection(read.Rejection.Code, $"{path}: {read.Rejection.Detail}");
            instances.Add(read.Value);
        }

        return instances.GroupBy(instance => instance.Key.SeriesInstanceUid, StringComparer.Ordinal)
            .Select(series => new PerformedSeries(
                series.Key, series.First().Modality, [.. series.Select(instance => (instance.SopClassUid, instance.Key.SopInstanceUid, instance.NumberOfFrames > 0))]))
            .ToList();
    }

    private static async Task<Result<InstanceSummary>> ScanAsync(string path, CancellationToken cancellationToken)
    {
        using var scan = new InstanceScanner().BeginFile(null);
        await using var file = File.OpenRead(path);
        var part = new byte[Part];
        for (int read; (read = await file.ReadAsync(part, cancellationToken)) > 0;)
            if (scan.Feed(part.AsSpan(0, read)) is { } fault) return fault;
        return scan.Complete();
    }
}
