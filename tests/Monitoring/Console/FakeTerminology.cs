using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>One unmapped code, one good file and one that is wrong.</summary>
public sealed class FakeTerminology : IUnmappedCodes, ILocalMaps
{
    public static readonly UnmappedCodeCount Hostile = new(
        "his", new("OBX-3", "", "<b>no</b>,\"x\"", "99LAB"), 1234, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), new DepositId(7));

    public List<(string File, byte[] Content)> Loaded { get; } = [];

    public IReadOnlyList<CodeMapFile> Files =>
        [new("good.csv", 12, DateTimeOffset.UnixEpoch, []), new("bad.csv", 0, null, [new("bad.csv", 3, "target_code", "Empty <b>no</b>")])];

    public Task AddAsync(IReadOnlyCollection<UnmappedCodeCount> counts, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<UnmappedCodeCount>> ListAsync(string? sourceId, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UnmappedCodeCount>>([Hostile, Hostile with { Code = Hostile.Code with { Code = "" }, Count = 3 }]);

    public Task ForgetAsync(string sourceId, IReadOnlyCollection<UnmappedCode> codes, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Result<CodeMapEffect>> CheckAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.FromResult<Result<CodeMapEffect>>(
        !file.EndsWith(".csv", StringComparison.Ordinal) || file.Contains('\0', StringComparison.Ordinal) ? new Rejection(RejectionCode.BodyInvalid, "no name")
        : content.Span.StartsWith("bad"u8) ? new CodeMapEffect(file, [new(file, 2, "from", "Empty")], 0, 0, 0, []) : new CodeMapEffect(file, [], 3, 2, 1, [Hostile]));

    public async Task<Result<CodeMapEffect>> LoadAsync(string file, ReadOnlyMemory<byte> content, Func<bool, Task> record, CancellationToken cancellationToken)
    {
        var effect = await CheckAsync(file, content, cancellationToken);
        await record(effect.Accepted);
        if (effect.Accepted) Loaded.Add((file, content.ToArray()));
        return effect;
    }
}
