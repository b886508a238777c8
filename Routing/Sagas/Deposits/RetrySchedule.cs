namespace EHealthPlus.Routing.Sagas.Deposits;

/// <summary>Exponential backoff with jitter.</summary>
/// <param name="draw">A number from 0 to 1.</param>
internal sealed class RetrySchedule(SagaOptions options, Func<double> draw)
{
    /// <summary>The longest wait that <see cref="DelayAfter"/> gives.</summary>
    public TimeSpan Longest => options.FirstRetryDelay * Math.Pow(options.RetryFactor, Math.Max(0, options.MaximumAttempts - 2)) * (1 + options.RetryJitter);

    /// <param name="failures">Failed tries so far, from 1.</param>
    public TimeSpan DelayAfter(int failures) => Jittered(options.FirstRetryDelay * Math.Pow(options.RetryFactor, failures - 1));

    /// <summary>The wait for a store that is full or away.</summary>
    public TimeSpan StoreDelay() => Jittered(options.StoreDelay);

    private TimeSpan Jittered(TimeSpan delay) => delay * (1 + (options.RetryJitter * ((2 * draw()) - 1)));
}
