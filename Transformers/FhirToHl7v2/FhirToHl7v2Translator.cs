using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.FhirToHl7v2.Messages;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Segments;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;

namespace EHealthPlus.Transformers.FhirToHl7v2;

/// <summary>The way back: a canonical message as HL7 v2.8 for receivers that speak it. Pure, and safe for use by many threads at once.</summary>
public static class FhirToHl7v2Translator
{
    private static readonly FrozenDictionary<string, Action<MessageDraft>> Forms = new Dictionary<string, Action<MessageDraft>>
    {
        ["ADT"] = AdtForm.Write,
        ["ORU"] = OruForm.Write,
        ["SIU"] = SiuForm.Write,
        ["RDE"] = RdeForm.Write,
        ["REF"] = RefForm.Write,
        ["MDM"] = MdmForm.Write,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Message codes (MSH-9.1) that can be written.</summary>
    public static IEnumerable<string> MessageCodes => Forms.Keys.Order(StringComparer.Ordinal);

    /// <param name="bundle">A canonical message: FHIR R4 Bundle of type message, UTF-8 JSON.</param>
    /// <returns>
    /// The message with CR after each segment. Rejections: BodyInvalid, MessageTypeUnsupported, CharacterSetUnknown,
    /// CharacterSetContradicted where the receiver's character set lacks a character.
    /// </returns>
    public static Result<byte[]> Translate(ReadOnlyMemory<byte> bundle, ReceiverAddress to)
    {
        if (CharacterSet.Find(to.CharacterSet) is not { } characterSet)
            return new Rejection(RejectionCode.CharacterSetUnknown, "The receiver's character set is not in HL7 table 0211");
        var read = CanonicalMessage.Read(bundle);
        if (!read.Accepted) return read.Rejection;
        using var message = read.Value;
        if (!Forms.TryGetValue(message.MessageType[0], out var form))
            return new Rejection(RejectionCode.MessageTypeUnsupported, $"MessageHeader.eventCoding names no message that can be written: {string.Join(", ", MessageCodes)}");
        var draft = new MessageDraft(message);
        HeaderSegments.Write(draft, to);
        form(draft);
        return draft.ToBytes(characterSet);
    }
}
