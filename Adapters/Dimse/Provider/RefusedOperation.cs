using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>A request that is refused before its data set comes: that is passed over, and the refusal answered.</summary>
internal sealed class RefusedOperation(Operation operation, Rejection refusal) : IIncomingMessage
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async Task CompleteAsync() => await operation.SendAsync(operation.Answer(refusal));

    public ValueTask AbandonAsync() => ValueTask.CompletedTask;
}
