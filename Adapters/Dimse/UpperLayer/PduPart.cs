using System.Buffers;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

internal enum PartKind
{
    /// <summary>A whole PDU other than P-DATA-TF: <see cref="PduPart.Bytes"/> is its variable field.</summary>
    Pdu,

    /// <summary>Bytes of a presentation data value, as many as are here.</summary>
    Data,

    /// <summary>The other side closed the transport between two PDUs.</summary>
    Closed,

    /// <summary>It broke off in the middle of a PDU.</summary>
    Broken,

    /// <summary>Nothing came in time.</summary>
    Overdue,

    /// <summary>What came is no PDU that may be here; <see cref="PduPart.Fault"/> says how.</summary>
    Faulty,

    /// <summary>Woken for another reason than bytes.</summary>
    Woken,
}

/// <summary>What came in next. Valid until the next read.</summary>
/// <param name="ContextId">Of a data value.</param>
/// <param name="IsCommand">The data value belongs to a command set, else to a data set (PS3.8-2024 annex E.2).</param>
/// <param name="IsLast">These bytes end the last fragment of the command or data set.</param>
internal readonly record struct PduPart(
    PartKind Kind, PduType Type, ReadOnlySequence<byte> Bytes, byte ContextId, bool IsCommand, bool IsLast, AbortCause Fault)
{
    public static PduPart Of(PartKind kind) => new(kind, default, default, 0, false, false, default);

    public static PduPart Faulty(AbortCause fault) => new(PartKind.Faulty, default, default, 0, false, false, fault);
}
