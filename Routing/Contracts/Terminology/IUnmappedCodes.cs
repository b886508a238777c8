namespace EHealthPlus.Routing.Contracts.Terminology;

/// <summary>How often a source sent a code that no map knew.</summary>
/// <param name="Count">Occurrences in messages that were translated; a message that is replayed counts again.</param>
/// <param name="Example">A deposit that has it.</param>
public sealed record UnmappedCodeCount(
    string SourceId, UnmappedCode Code, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, DepositId Example);

/// <summary>Keeps the counts. Holds no patient data: codes only, never their texts.</summary>
public interface IUnmappedCodes
{
    /// <summary>
    /// The most codes that are kept of one source. Further ones are counted together, with the field, and no code: a source that puts
    /// free text where codes belong must not fill the store.
    /// </summary>
    const int MostOfSource = 5_000;

    /// <summary>Adds to what is kept. Durable when the task completes.</summary>
    Task AddAsync(IReadOnlyCollection<UnmappedCodeCount> counts, CancellationToken cancellationToken);

    /// <summary>Most frequent first.</summary>
    /// <param name="sourceId">Null for all sources.</param>
    Task<IReadOnlyList<UnmappedCodeCount>> ListAsync(string? sourceId, int count, CancellationToken cancellationToken);

    /// <summary>Forgets a code of a source, where somebody has done the work.</summary>
    Task ForgetAsync(string sourceId, IReadOnlyCollection<UnmappedCode> codes, CancellationToken cancellationToken);
}
