namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>Something that must work before the hub may say that it is ready.</summary>
public interface IReadinessCheck
{
    /// <summary>Short, lower case, such as store.</summary>
    string Name { get; }

    /// <summary>False where a problem is told, but the hub may take traffic all the same.</summary>
    bool Vital => true;

    /// <returns>Null when ready; else what is wrong, in English, without patient data.</returns>
    ValueTask<string?> CheckAsync(CancellationToken cancellationToken);
}
