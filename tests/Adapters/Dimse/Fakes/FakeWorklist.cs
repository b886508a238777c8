using System.Collections.Concurrent;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Dimse.Fakes;

/// <summary>Worklist and performed steps as a test says; what was asked is remembered.</summary>
public sealed class FakeWorklist : IWorklist, IPerformedSteps
{
    public Result<WorklistMatches> Found { get; set; } = new WorklistMatches([], false);

    public Func<string, Rejection?> OnStep { get; set; } = _ => null;

    public ConcurrentQueue<(string Asked, AccessPrincipal Principal, string Uid, string Json)> Calls { get; } = [];

    public ValueTask<Result<WorklistMatches>> FindAsync(AccessPrincipal principal, ReadOnlyMemory<byte> identifier, int most, CancellationToken cancellationToken)
    {
        Calls.Enqueue(("find", principal, "", System.Text.Encoding.UTF8.GetString(identifier.Span)));
        return ValueTask.FromResult(Found);
    }

    public Task<Rejection?> CreateAsync(AccessPrincipal principal, string sopInstanceUid, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken) =>
        Step("create", principal, sopInstanceUid, attributes);

    public Task<Rejection?> SetAsync(AccessPrincipal principal, string sopInstanceUid, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken) =>
        Step("set", principal, sopInstanceUid, attributes);

    public Task<Result<ReadOnlyMemory<byte>>> ReadAsync(AccessPrincipal principal, string sopInstanceUid, CancellationToken cancellationToken)
    {
        Calls.Enqueue(("read", principal, sopInstanceUid, ""));
        return Task.FromResult<Result<ReadOnlyMemory<byte>>>(OnStep("read") is { } refusal
            ? refusal
            : new ReadOnlyMemory<byte>("""{"00080060":{"vr":"CS","Value":["CT"]},"00400252":{"vr":"CS","Value":["COMPLETED"]}}"""u8.ToArray()));
    }

    private Task<Rejection?> Step(string asked, AccessPrincipal principal, string uid, ReadOnlyMemory<byte> attributes)
    {
        Calls.Enqueue((asked, principal, uid, System.Text.Encoding.UTF8.GetString(attributes.Span)));
        return Task.FromResult(OnStep(asked));
    }
}
