using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.Pipeline.Scheduling;

/// <summary>The message of a waiting deposit as the flow kept it in memory.</summary>
internal sealed record HeldMessage(string SourceId, ReadOnlyMemory<byte> Bytes, MessageReading Reading, DateTimeOffset ReceivedAt);
