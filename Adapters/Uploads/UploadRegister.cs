using System.Collections.Concurrent;
using EHealthPlus.Adapters.Uploads.Folders;
using EHealthPlus.Routing.Contracts.Uploads;

namespace EHealthPlus.Adapters.Uploads;

/// <summary>Where each file stands, in memory. What is finished is known again after a restart from the records beside the answers.</summary>
internal sealed class UploadRegister(UploadOptions options) : IUploads
{
    private const int MostKept = 5_000;
    private const int MostLoaded = 500;

    private readonly ConcurrentDictionary<string, UploadStatus> known = new(StringComparer.Ordinal);

    public IReadOnlyList<UploadStatus> List(string? sourceId, int count) =>
        [.. known.Values.Where(upload => sourceId is null || upload.SourceId == sourceId).OrderByDescending(upload => upload.Id, StringComparer.Ordinal).Take(count)];

    public UploadStatus? Get(string id) => known.GetValueOrDefault(id);

    public Stream? OpenAnswer(string id)
    {
        if (Get(id) is not { Answer: { } answer } upload) return null;
        try
        {
            return new FileStream(Path.Combine(new SourceFolder(options.Root, upload.SourceId).Answers, answer), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
        }
        catch (IOException)
        {
            return null;
        }
    }

    internal void Set(UploadStatus upload)
    {
        known[upload.Id] = upload;
        if (known.Count > MostKept) Forget();
    }

    internal void Forget(string id) => known.TryRemove(id, out _);

    /// <summary>Reads the records of the newest finished files of a source, and of those in work.</summary>
    internal void Load(SourceFolder folder)
    {
        foreach (var id in folder.Unfinished()) Add(folder.WorkingOf(id).Record, UploadState.Waiting);
        foreach (var file in new DirectoryInfo(folder.Answers).EnumerateFiles("*.json").OrderByDescending(file => file.LastWriteTimeUtc).Take(MostLoaded)) Add(file.FullName, null);
    }

    private void Add(string path, UploadState? state)
    {
        // Somebody else's file is not ours to show.
        if (UploadRecord.Read(path) is { } record) Set(state is null ? record.Status(finished: true) : record.Status(state));
    }

    private void Forget()
    {
        foreach (var old in known.Values.Where(upload => upload.Finished).OrderBy(upload => upload.Id, StringComparer.Ordinal).Take(MostKept / 10)) known.TryRemove(old.Id, out _);
    }
}
