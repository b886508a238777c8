using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Deposits;

namespace EHealthPlus.Adapters.Storage.Sqlite.Journal;

/// <summary>A journal entry made ready on the caller's thread: the writer's thread packs nothing.</summary>
internal sealed record JournalRow(JournalEntry Entry, byte[] Bytes, byte[]? Acknowledgement)
{
    public static JournalRow Of(JournalEntry entry) => new(
        entry, Packed.Pack(entry.Bytes.Span),
        entry.Acknowledgement is { IsEmpty: false } answer ? Packed.Pack(answer.Span) : null);

    /// <summary>Source and control id name the message.</summary>
    public bool HasKey => Entry is { SourceId: not null, ControlId: not null };
}
