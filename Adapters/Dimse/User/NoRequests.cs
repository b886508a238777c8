using EHealthPlus.Adapters.Dimse.Messages;

namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>For associations on which the other side has nothing to ask.</summary>
internal sealed class NoRequests : IRequestHandler
{
    public static readonly NoRequests Instance = new();

    public ValueTask<IIncomingMessage?> BeginAsync(Operation operation, CancellationToken cancellationToken) => ValueTask.FromResult<IIncomingMessage?>(null);
}
