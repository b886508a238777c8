using EHealthPlus.Routing.Contracts.Terminology;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Keeps what is handed over, in the order of the calls.</summary>
internal sealed class MemoryUnmappedCodes : IUnmappedCodes
{
    public List<UnmappedCodeCount> Added { get; } = [];

    public Task AddAsync(IReadOnlyCollection<UnmappedCodeCount> counts, CancellationToken cancellationToken)
    {
        lock (Added) Added.AddRange(counts);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<UnmappedCodeCount>> ListAsync(string? sourceId, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UnmappedCodeCount>>(Added);

    public Task ForgetAsync(string sourceId, IReadOnlyCollection<UnmappedCode> codes, CancellationToken cancellationToken) => Task.CompletedTask;
}
