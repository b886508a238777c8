namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>Something that must work before the hub may say that it is ready.</summary>
public interface IReadinessCheck
{
    /// <summary>Short, lower case, such as store.</summary>
    string Name { get; }

    /// <returns>Null when ready; else what is wrong, in English, without patient data.</returns>
    ValueTask<string?> CheckAsync(CancellationToken cancellationToken);
}
