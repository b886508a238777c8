using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>C-ECHO (PS3.7-2024 9.1.5).</summary>
internal sealed class EchoOperation(Operation operation) : IIncomingMessage
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async Task CompleteAsync() => await operation.SendAsync(operation.Answer(DimseStatus.Success));

    public ValueTask AbandonAsync() => ValueTask.CompletedTask;
}
