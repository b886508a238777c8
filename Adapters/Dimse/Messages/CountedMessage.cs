namespace EHealthPlus.Adapters.Dimse.Messages;

/// <summary>Says when a message is done with, however it ends.</summary>
internal sealed class CountedMessage(IIncomingMessage message, Action done) : IIncomingMessage
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken) => message.WriteAsync(part, cancellationToken);

    public async Task CompleteAsync()
    {
        try
        {
            await message.CompleteAsync();
        }
        finally
        {
            done();
        }
    }

    public async ValueTask AbandonAsync()
    {
        try
        {
            await message.AbandonAsync();
        }
        finally
        {
            done();
        }
    }
}
