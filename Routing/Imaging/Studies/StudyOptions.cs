namespace EHealthPlus.Routing.Imaging.Studies;

/// <summary>When a study is announced, and how often one that waits for its citizen is looked at again.</summary>
public sealed record StudyOptions
{
    /// <summary>A study to which nothing came for so long is announced. What comes later reopens it.</summary>
    public TimeSpan QuietPeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often studies are looked at; a study is announced up to so much later.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often studies in quarantine are held against the index and the consents.</summary>
    public TimeSpan TakeUp { get; init; } = TimeSpan.FromSeconds(30);
}
