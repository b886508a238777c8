namespace EHealthPlus.Adapters.Dimse.Messages;

/// <summary>A request whose data set comes in. Of the three last calls, one is made.</summary>
internal interface IIncomingMessage
{
    /// <summary>Takes the next bytes of the data set; the memory is the caller's again when the task completes.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken);

    /// <summary>All is in: does the work and answers. Runs while the next message is read.</summary>
    /// <exception cref="IOException">The answer could not be sent.</exception>
    Task CompleteAsync();

    /// <summary>The rest will not come.</summary>
    ValueTask AbandonAsync();
}

/// <summary>Does what the other side asks for.</summary>
internal interface IRequestHandler
{
    /// <summary>A request came in.</summary>
    /// <returns>Null where there is no such operation: the exchange answers so.</returns>
    ValueTask<IIncomingMessage?> BeginAsync(Operation operation, CancellationToken cancellationToken);
}
