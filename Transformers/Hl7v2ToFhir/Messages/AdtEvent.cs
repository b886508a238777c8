using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>The trigger event of an ADT message (HL7 table 0003).</summary>
internal static class AdtEvent
{
    /// <returns>Its number, such as 12 for A12; 0 where the message is no ADT.</returns>
    public static int Of(Mapping mapping)
    {
        var type = mapping.Segments[0][9].First;
        if (!type[1].Is("ADT"u8)) return 0;
        var trigger = type[2].Utf8;
        return trigger.Length == 3 && trigger[0] == (byte)'A' && char.IsAsciiDigit((char)trigger[1]) && char.IsAsciiDigit((char)trigger[2])
            ? ((trigger[1] - '0') * 10) + trigger[2] - '0'
            : 0;
    }
}
