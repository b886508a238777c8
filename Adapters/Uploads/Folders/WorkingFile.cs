namespace EHealthPlus.Adapters.Uploads.Folders;

/// <summary>Where one file in work stands: a folder of its own with the file, its record and the answers so far.</summary>
internal sealed class WorkingFile(string folder)
{
    public const string RecordName = "progress.json";
    public const string ReceivingName = "receiving";

    public string Folder => folder;

    public string Content => Path.Combine(folder, "content");

    /// <summary>A file that is still coming over HTTP; renamed to <see cref="Content"/> when it is whole.</summary>
    public string Receiving => Path.Combine(folder, ReceivingName);

    public string Record => Path.Combine(folder, RecordName);

    /// <summary>A record that was none, kept for those who run the hub.</summary>
    public string Unreadable => Record + ".unreadable";

    public string Answers => Path.Combine(folder, "answers");

    /// <summary>
    /// True where the file and its record are both there, or where the file was put away already and the record says under which name.
    /// </summary>
    public bool IsWhole => File.Exists(Record) && !File.Exists(Receiving) && (File.Exists(Content) || UploadRecord.Read(Record)?.Stem is not null);
}
