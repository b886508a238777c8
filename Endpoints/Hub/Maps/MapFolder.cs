using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir;
using EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

namespace EHealthPlus.Endpoints.Hub.Maps;

/// <summary>Reads the folder of Hub__Maps at the start and whenever a file of it changes; from the next message on the translator follows it.</summary>
/// <param name="folder">Null where no folder is set.</param>
internal sealed partial class MapFolder(string? folder, Hl7v2Translator translator, TimeProvider time, ILogger<MapFolder> log) : BackgroundService, IMapFiles
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly MapFileSet set = new();
    private volatile IReadOnlyList<MapFile> files = [];
    private string seen = "";
    private bool unreadable;

    public IReadOnlyList<MapFile> Files => files;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first message comes in.
        if (folder is not null) ReadWhereChanged(folder);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (folder is null) return;
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                ReadWhereChanged(folder);
            }
            catch (Exception fault)
            {
                // The files as they were then are not taken again: the next change brings the next try.
                LogFault(log, LoggedFault.Of(fault));
            }
        }
    }

    private void ReadWhereChanged(string path)
    {
        if (Found(path) is not { } found) return;
        var now = string.Join('|', found.Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        if (now == seen) return;
        seen = now;
        files = set.Take(found.Select(file => (file.Name, Content(file))), time.GetUtcNow());
        translator.Maps = set.Maps;
        var fields = files.Sum(file => file.Fields);
        LogRead(log, files.Count, fields, path);
        foreach (var fault in files.SelectMany(file => file.Faults)) LogFault(log, fault);
    }

    /// <returns>Null where the folder cannot be read now: what was read before stays in force.</returns>
    private List<FileInfo>? Found(string path)
    {
        try
        {
            // A folder that is gone, as on a disk that was unmounted, is no empty one.
            var found = new DirectoryInfo(path).GetFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
            unreadable = false;
            return found;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (!unreadable) LogUnreadable(log, path, fault.GetType().Name);
            unreadable = true;
            return null;
        }
    }

    private byte[]? Content(FileInfo file)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Perhaps it is being written: it is tried again at the next look.
            seen = "";
            return null;
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "{Files} map files read from {Folder}: {Fields} fields in force")]
    private static partial void LogRead(ILogger logger, int files, int fields, string folder);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Warning, Message = "Map file not taken: {Fault}")]
    private static partial void LogFault(ILogger logger, string fault);

    [LoggerMessage(EventId = 1303, Level = LogLevel.Warning, Message = "The folder of the map files {Folder} cannot be read ({Fault}): the maps stay as they are")]
    private static partial void LogUnreadable(ILogger logger, string folder, string fault);
}
