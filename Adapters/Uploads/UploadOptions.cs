namespace EHealthPlus.Adapters.Uploads;

/// <summary>Where files come in, and their limits.</summary>
public sealed record UploadOptions
{
    /// <summary>Folder that holds one folder for each source.</summary>
    public required string Root { get; init; }

    /// <summary>How often the folders are looked at. Notices of the file system are not used: network file systems give none.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A file that nobody has written to for so long counts as complete.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest message, as over MLLP. In bytes.</summary>
    public int MaxMessageBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Longest file over HTTP. In bytes. A file in a folder has no limit.</summary>
    public long MaxUploadBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Uploads over HTTP that are received at the same time; one more is told to come again.</summary>
    public int MaxReceiving { get; init; } = 16;

    /// <summary>Messages that are offered before their answers are waited for and the progress is kept.</summary>
    public int SliceMessages { get; init; } = 256;

    /// <summary>The same in bytes: what one file holds in memory, beside its longest message.</summary>
    public long SliceBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Files of different sources that are read at the same time; further ones take turns, slice by slice.</summary>
    public int SlicesAtOnce { get; init; } = 8;

    /// <summary>First wait after a fault; it doubles up to <see cref="LongestBackoff"/>.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(1);

    internal TimeSpan Backoff(int attempt) =>
        TimeSpan.FromTicks((long)Math.Min(LongestBackoff.Ticks, FirstBackoff.Ticks * Math.Pow(2, Math.Min(attempt, 30))));
}
