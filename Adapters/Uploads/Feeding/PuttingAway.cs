using System.Text;
using EHealthPlus.Adapters.Uploads.Answers;
using EHealthPlus.Adapters.Uploads.Folders;
using EHealthPlus.Routing.Contracts.Files;

namespace EHealthPlus.Adapters.Uploads.Feeding;

/// <summary>
/// Puts a decided file away: the answers, the text for people, the file itself, its record. Each is one rename that lasts, in this order; after a crash
/// the steps that are not done yet are done. So whoever sees the answer file sees all of it, and sees it once.
/// </summary>
internal static class PuttingAway
{
    public static void Run(SourceFolder folder, WorkingFile working, UploadRecord record)
    {
        if (record.Stem is null)
        {
            record.Stem = folder.FreeStem(record.Name, record.Id);
            record.Write(working.Record);
        }

        if (File.Exists(working.Answers))
        {
            if (record.Answer is { } answer) LastingName.Move(working.Answers, Path.Combine(folder.Answers, answer));
            else File.Delete(working.Answers);
        }

        WriteAside(Path.Combine(folder.Answers, record.Stem + ".txt"), Encoding.UTF8.GetBytes(SummaryText.Of(record)));
        var target = record.Tally.Fault is null ? folder.Done : folder.Refused;
        if (File.Exists(working.Content)) LastingName.Move(working.Content, Path.Combine(target, record.Stem));
        record.Write(Path.Combine(folder.Answers, record.Stem + ".json"));
        Directory.Delete(working.Folder, recursive: true);
    }

    private static void WriteAside(string path, byte[] bytes)
    {
        var draft = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.tmp");
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        LastingName.Move(draft, path);
    }
}
