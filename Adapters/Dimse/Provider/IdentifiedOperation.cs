using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>An operation whose data set is small and needed whole: an identifier, or the information of an action.</summary>
internal abstract class IdentifiedOperation(Operation operation, KnownPeer peer, ProvidedServices services) : IIncomingMessage
{
    private string? characterSet;
    private readonly SmallDataSet dataSet = new(services.Options.Limits.MaxIdentifierLength);

    protected Operation Operation => operation;

    protected KnownPeer Peer => peer;

    protected ProvidedServices Services => services;

    /// <summary>Writes an answer: where it can be said so, in the character set of the question (PS3.4-2024 C.4.1.1.3.2 leaves it to us).</summary>
    protected Result<ReadOnlyMemory<byte>> Write(ReadOnlyMemory<byte> answer) =>
        services.Identifiers.Write(answer, operation.Context.TransferSyntax, characterSet ??= services.Identifiers.CharacterSetOf(dataSet.Bytes, operation.Context.TransferSyntax) ?? "");

    public ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        dataSet.Write(part.Span);
        return ValueTask.CompletedTask;
    }

    public async Task CompleteAsync()
    {
        var json = dataSet.TooLong || dataSet.Bytes.IsEmpty
            ? new Rejection(RejectionCode.QueryIdentifierInvalid, "The identifier is empty, or longer than the limit")
            : services.Identifiers.Read(dataSet.Bytes, operation.Context.TransferSyntax, peer.Entity.CharacterSet);
        // A search whose answers are all at hand would else be over before the association reads on, and a C-CANCEL with it.
        await Task.Yield();
        if (json.Accepted) await RunAsync(json.Value);
        else await operation.SendAsync(operation.Answer(json.Rejection));
    }

    public ValueTask AbandonAsync() => ValueTask.CompletedTask;

    /// <summary>Does the work and answers.</summary>
    /// <param name="json">The data set as DICOM JSON.</param>
    protected abstract Task RunAsync(ReadOnlyMemory<byte> json);
}
