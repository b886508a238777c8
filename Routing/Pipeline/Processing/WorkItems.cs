using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Pipeline.Scheduling;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>A deposit with its bytes, as one try works on it.</summary>
/// <param name="Source">Null where it is no longer registered.</param>
internal sealed record WorkItem(
    DepositId Id, string SourceId, Source? Source, ReadOnlyMemory<byte> Bytes, MessageReading Reading, DateTimeOffset ReceivedAt);

/// <summary>Fetches deposits to work on: from memory where the flow still holds the bytes, else from the journal.</summary>
internal sealed class WorkItems(DepositScheduler scheduler, IDepositJournal journal, IMessageReader reader, IRegistry registry)
{
    /// <exception cref="InvalidOperationException">The journal has no such deposit.</exception>
    public async ValueTask<WorkItem> TakeAsync(DepositId id, CancellationToken cancellationToken)
    {
        if (scheduler.TakeMessage(id) is { } held)
        {
            return new(id, held.SourceId, registry.GetSource(held.SourceId), held.Bytes, held.Reading, held.ReceivedAt);
        }

        var deposit = await journal.ReadAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Deposit {id} is not in the journal.");

        // The source was checked when the deposit was journaled: repaired bytes are read as that source's, whatever they say.
        var source = registry.GetSource(deposit.SourceId);
        return new(id, deposit.SourceId, source, deposit.Bytes, reader.Read(deposit.Bytes, (_, _) => source), deposit.ReceivedAt);
    }
}
