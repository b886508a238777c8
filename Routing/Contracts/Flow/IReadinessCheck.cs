namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>One thing that must work before the hub takes messages.</summary>
public interface IReadinessCheck
{
    string Name { get; }

    /// <returns>Null when ready; else what is wrong, in a line without patient data.</returns>
    ValueTask<string?> CheckAsync(CancellationToken cancellationToken);
}
