using EHealthPlus.Routing.Contracts.Files;
using System.Globalization;
using System.Security.Cryptography;

namespace EHealthPlus.Adapters.Uploads.Folders;

/// <summary>The folder of one source: in, working, done, answers, refused. All stand on one file system: each step is one rename.</summary>
internal sealed class SourceFolder
{
    public SourceFolder(string root, string sourceId)
    {
        SourceId = sourceId;
        var folder = Path.Combine(root, sourceId);
        In = Path.Combine(folder, "in");
        Working = Path.Combine(folder, "working");
        Done = Path.Combine(folder, "done");
        Answers = Path.Combine(folder, "answers");
        Refused = Path.Combine(folder, "refused");
    }

    public string SourceId { get; }

    public string In { get; }

    public string Working { get; }

    public string Done { get; }

    public string Answers { get; }

    public string Refused { get; }

    /// <summary>A source id is made of letters, digits, hyphens, underscores and dots, so that it can be no way out of the root.</summary>
    public static bool CanBe(string sourceId) =>
        sourceId.Length is > 0 and <= 100 && sourceId[0] != '.' && sourceId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    public void Make()
    {
        foreach (var folder in (string[])[In, Working, Done, Answers, Refused]) LastingName.MakeFolder(folder);
    }

    /// <summary>Of the time, so that ids sort as files were taken.</summary>
    public static string NewId(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    public WorkingFile WorkingOf(string id) => new(Path.Combine(Working, id));

    /// <summary>
    /// Takes a file out of in/. The record is written first: what a crash leaves is either the file still in in/, or both. Who wrote the file
    /// has hardly flushed it, so that is done here, before a message of it counts as decided.
    /// </summary>
    /// <exception cref="IOException">It cannot be taken now: it is still in in/ and nothing is left of the try, or it is in work. So with UnauthorizedAccessException.</exception>
    public UploadRecord Claim(FileInfo file, DateTimeOffset at)
    {
        var record = new UploadRecord { Id = NewId(at), SourceId = SourceId, Name = file.Name, TakenAt = at, Bytes = file.Length };
        var working = WorkingOf(record.Id);
        try
        {
            LastingName.MakeFolder(working.Folder);
            record.Write(working.Record);
            LastingName.Move(file.FullName, working.Content);
            LastingName.Flush(working.Content);
            return record;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(working.Folder) && !File.Exists(working.Content)) Directory.Delete(working.Folder, recursive: true);
            throw;
        }
    }

    /// <summary>Whether a file can be moved from in/ to working/: where one cannot, and another can, the one is at fault.</summary>
    public bool MovesFiles()
    {
        // Arrivals and Tidy pass over both.
        var (here, there) = (Path.Combine(In, ".trial"), Path.Combine(Working, ".trial"));
        try
        {
            File.WriteAllBytes(here, [0]);
            LastingName.Move(here, there);
            File.Delete(there);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Ids of files that are kept whole and not finished, oldest first.</summary>
    public IEnumerable<string> Unfinished() => Directory.EnumerateDirectories(Working)
        .Where(folder => File.Exists(Path.Combine(folder, WorkingFile.RecordName)) && !File.Exists(Path.Combine(folder, WorkingFile.ReceivingName)))
        .Select(folder => Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    /// <summary>
    /// Before anything is received: throws away what a crash cut off before it was kept whole, and nobody was told that it was. A record that
    /// is none is set aside as <see cref="Open"/> does.
    /// </summary>
    /// <returns>The ids of those.</returns>
    public IReadOnlyList<string> Tidy(DateTimeOffset at)
    {
        var setAside = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories(Working))
        {
            var working = new WorkingFile(folder);
            if (!File.Exists(working.Receiving) && File.Exists(working.Record))
            {
                Open(Path.GetFileName(folder), at, out var unreadable);
                if (unreadable) setAside.Add(Path.GetFileName(folder));
            }

            if (!working.IsWhole && !File.Exists(working.Unreadable)) Directory.Delete(folder, recursive: true);
        }

        return setAside;
    }

    /// <summary>
    /// Reads how far a file is. Where the record is none, such as after a fault of the disk, it is set aside and the file is begun anew: what
    /// was decided already is known again by its control ids.
    /// </summary>
    /// <param name="at">Now: when the file was taken is lost with the record.</param>
    /// <param name="unreadable">True where the record was none.</param>
    /// <returns>Null where the file itself is gone too: nothing can be begun anew.</returns>
    public UploadRecord? Open(string id, DateTimeOffset at, out bool unreadable)
    {
        var working = WorkingOf(id);
        var record = UploadRecord.Read(working.Record);
        unreadable = record is null;
        if (record is not null) return record;
        if (!File.Exists(working.Content))
        {
            LastingName.Move(working.Record, working.Unreadable);
            return null;
        }

        // Copied and then replaced in one step: a file in work is never without a record.
        File.Copy(working.Record, working.Unreadable, overwrite: true);
        record = new UploadRecord { Id = id, SourceId = SourceId, Name = id, TakenAt = at, Bytes = new FileInfo(working.Content).Length };
        record.Write(working.Record);
        return record;
    }

    /// <summary>
    /// A name that nothing bears yet in done, refused and answers, and that no file has which could not be put away yet: that of the file, or
    /// with ~2, ~3 and so on.
    /// </summary>
    public string FreeStem(string name, string id)
    {
        var promised = Unfinished().Where(other => other != id).Select(other => UploadRecord.Read(WorkingOf(other).Record)?.Stem).ToHashSet();
        var plain = System.Text.Encoding.UTF8.GetByteCount(name) > 200 ? id : name;
        for (var number = 1; ; number++)
        {
            var stem = number == 1 ? plain : string.Create(CultureInfo.InvariantCulture, $"{plain}~{number}");
            if (!promised.Contains(stem) && !File.Exists(Path.Combine(Done, stem)) && !File.Exists(Path.Combine(Refused, stem)) && !HasAnswers(stem)) return stem;
        }
    }

    private bool HasAnswers(string stem) => Array.Exists((string[])[".json", ".ack", ".ack.xml", ".txt"], ending => File.Exists(Path.Combine(Answers, stem + ending)));
}
