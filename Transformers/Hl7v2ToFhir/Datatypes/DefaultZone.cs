using System.Text;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// The zone of times that state none: the one of MSH-7, which the standard makes the message's default (HL7 v2.8.2 2.14.9.7), else the
/// one that the source is registered with, else none. It is never guessed.
/// </summary>
/// <param name="Offset">Such as +08:00, or null.</param>
/// <param name="Note">What the ledger says where it was used.</param>
public readonly record struct DefaultZone(string? Offset, string Note)
{
    public static DefaultZone Of(ReadOnlySpan<byte> messageTime, string? sourceOffset)
    {
        var sign = messageTime.LastIndexOfAny((byte)'+', (byte)'-');
        if (sign >= 0 && Dtm.ReadZone(messageTime[sign..]) is { } zone) return new DefaultZone(zone, CarryReason.ZoneOfMessage);
        if (sourceOffset is null) return default;
        var digits = Encoding.ASCII.GetBytes(sourceOffset.Replace(":", "", StringComparison.Ordinal));
        return Dtm.ReadZone(digits) is { } registered ? new DefaultZone(registered, CarryReason.ZoneOfSource) : default;
    }
}
