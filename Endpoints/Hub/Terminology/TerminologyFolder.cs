using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Files;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;
using EHealthPlus.Transformers.Hl7v2ToFhir;
using EHealthPlus.Transformers.Terminology.Local;

namespace EHealthPlus.Endpoints.Hub.Terminology;

/// <summary>
/// The folder of local maps (Hub__Terminology): read at the start, and again when a file has changed. It is looked at every few seconds
/// and not watched: the system's file watching cost a tenth of the throughput.
/// </summary>
internal sealed partial class TerminologyFolder(string folder, Hl7v2Translator translator, IUnmappedCodes unmapped, TimeProvider time, ILogger<TerminologyFolder> logger)
    : BackgroundService, ILocalMaps, IReadinessCheck
{
    private const int MostUnmapped = 100_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private LocalMapSet inForce = LocalMapSet.Empty;
    private List<(string Name, long Length, DateTime Written)> seen = [];
    private bool wasThere;
    private string? unread;

    public string Name => "terminology";

    /// <summary>With a wrong map the hub works on with the former one.</summary>
    public bool Vital => false;

    public IReadOnlyList<CodeMapFile> Files => [.. Volatile.Read(ref inForce).Files.Select(file => new CodeMapFile(file.Name, file.Rows.Count, file.LoadedAt, Faults(file)))];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        ReadAgain();
        return base.StartAsync(cancellationToken);
    }

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref unread) is { } gone) return new($"{gone}; what was read before stays in force");
        var errors = Volatile.Read(ref inForce).Files.SelectMany(file => file.Errors).ToList();
        return new(errors.Count == 0 ? null : $"{errors[0]}{(errors.Count == 1 ? "" : $" and {errors.Count - 1} more")}; what was read before stays in force");
    }

    public async Task<Result<CodeMapEffect>> CheckAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (!FileName().IsMatch(file)) return new Rejection(RejectionCode.BodyInvalid, "The name of a map file is lower-case letters, digits, hyphens and dots, and ends in .csv");
        var before = Volatile.Read(ref inForce);
        var after = before.With(file, content, time.GetUtcNow());
        var version = after.Files[^1];
        if (version.Errors.Count > 0) return new CodeMapEffect(file, Faults(version), 0, 0, 0, []);
        var former = before.Files.FirstOrDefault(known => known.Name == file)?.Rows.Select(Meaning).ToHashSet() ?? [];
        var rows = version.Rows.Select(Meaning).ToHashSet();
        var resolved = (await unmapped.ListAsync(null, MostUnmapped, cancellationToken))
            .Where(count => !IsKnown(before.Maps, count) && IsKnown(after.Maps, count)).ToList();
        return new CodeMapEffect(file, [], version.Rows.Count, rows.Except(former).Count(), former.Except(rows).Count(), resolved);
    }

    public async Task<Result<CodeMapEffect>> LoadAsync(string file, ReadOnlyMemory<byte> content, Func<bool, Task> record, CancellationToken cancellationToken)
    {
        var effect = await CheckAsync(file, content, cancellationToken);
        await record(effect.Accepted);
        if (!effect.Accepted || effect.Value.Faults.Count > 0) return effect;
        // Made anew it would hold this file alone, and the others would go out of force.
        if (Volatile.Read(ref unread) is { } gone) return new Rejection(RejectionCode.StoreUnavailable, gone);
        LastingName.MakeFolder(folder);
        LastingFile.Write(Path.Combine(folder, file), content.Span);
        ReadAgain();
        foreach (var source in effect.Value.Resolved.GroupBy(count => count.SourceId, StringComparer.Ordinal))
        {
            await unmapped.ForgetAsync(source.Key, [.. source.Select(count => count.Code)], cancellationToken);
        }

        return effect;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) ReadInTurn();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    // Who loads a file is told of a fault that nobody foresaw; the loop outlives it.
    private void ReadInTurn()
    {
        try
        {
            ReadAgain();
        }
        catch (Exception fault)
        {
            LeaveUnread(fault);
        }
    }

    private void LeaveUnread(Exception fault)
    {
        if (unread is null) NotRead(logger, folder, LoggedFault.Of(fault));
        Volatile.Write(ref unread, "The folder of the local terminology maps cannot be read");
    }

    private void ReadAgain()
    {
        lock (gate)
        {
            try
            {
                // A folder that is gone, as on a disk that was unmounted, is no empty one; the default folder may never have been there.
                var files = wasThere || Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*.csv") : [];
                wasThere |= files.Length > 0;
                var found = files.Select(file => (file.Name, file.Length, file.LastWriteTimeUtc)).Order().ToList();
                Volatile.Write(ref unread, null);
                if (found.SequenceEqual(seen)) return;
                var next = inForce.Next(files.Select(file => (file.Name, (ReadOnlyMemory<byte>)File.ReadAllBytes(file.FullName))), time.GetUtcNow());
                translator.LocalMaps = next.Maps;
                Volatile.Write(ref inForce, next);
                seen = found;
                Loaded(logger, next.Files.Count, next.Maps.Rows.Count);
                foreach (var error in next.Files.SelectMany(file => file.Errors)) Wrong(logger, error.ToString());
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                LeaveUnread(fault);
            }
        }
    }

    private static List<CodeMapFault> Faults(LocalMapVersion file) => [.. file.Errors.Select(error => new CodeMapFault(error.File, error.Line, error.Column, error.Reason))];

    private static LocalMapRow Meaning(LocalMapRow row) => row with { File = "", Line = 0, Comment = "" };

    private bool IsKnown(LocalMaps maps, UnmappedCodeCount count) => maps.OfSource(count.SourceId)?.Find(
        System.Text.Encoding.UTF8.GetBytes(count.Code.Field), System.Text.Encoding.UTF8.GetBytes(count.Code.Table), System.Text.Encoding.UTF8.GetBytes(count.Code.Code),
        System.Text.Encoding.UTF8.GetBytes(count.Code.System), standard: false, time.GetUtcNow(), static now => DateOnly.FromDateTime(now.UtcDateTime)) is not null;

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9._-]{0,80}[a-z0-9])?\.csv$")]
    private static partial Regex FileName();

    [LoggerMessage(EventId = 1501, Level = LogLevel.Information, Message = "Local terminology maps: {Files} files, {Rows} rows in force")]
    private static partial void Loaded(ILogger logger, int files, int rows);

    [LoggerMessage(EventId = 1502, Level = LogLevel.Warning, Message = "A local terminology map is wrong, what was read from it before stays in force: {Fault}")]
    private static partial void Wrong(ILogger logger, string fault);

    [LoggerMessage(EventId = 1503, Level = LogLevel.Warning, Message = "The terminology folder {Folder} could not be read: {Reason}")]
    private static partial void NotRead(ILogger logger, string folder, string reason);
}
