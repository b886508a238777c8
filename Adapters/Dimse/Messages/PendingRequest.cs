using System.Threading.Channels;

namespace EHealthPlus.Adapters.Dimse.Messages;

/// <summary>A request of ours whose answers come in.</summary>
internal sealed class PendingRequest(ushort messageId, ChannelReader<DimseAnswer> answers, TimeSpan patience, Action forget) : IDisposable
{
    public ushort MessageId => messageId;

    /// <summary>The next answer.</summary>
    /// <exception cref="IOException">None came in time, or the association ended.</exception>
    public async ValueTask<DimseAnswer> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await answers.ReadAsync(cancellationToken).AsTask().WaitAsync(patience, cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException as IOException ?? new IOException("The association ended before the answer", closed);
        }
        catch (TimeoutException late)
        {
            throw new IOException("No answer in time", late);
        }
    }

    public void Dispose() => forget();
}
