namespace EHealthPlus.Routing.Sagas;

/// <summary>How long and how often the sagas try.</summary>
public sealed record SagaOptions
{
    /// <summary>Tries of one deposit before it goes to quarantine.</summary>
    public int MaximumAttempts { get; init; } = 5;

    /// <summary>Wait after the first failed try. Each further one waits <see cref="RetryFactor"/> times as long: 2, 8, 32, 128 s.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    public double RetryFactor { get; init; } = 4;

    /// <summary>The wait is longer or shorter by up to this part, so that what failed together is not tried together.</summary>
    public double RetryJitter { get; init; } = 0.2;

    /// <summary>A try that takes longer has failed.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Wait while the store is full or away. Such a try does not count: it says nothing about the deposit.</summary>
    public TimeSpan StoreDelay { get; init; } = TimeSpan.FromSeconds(3);
}
