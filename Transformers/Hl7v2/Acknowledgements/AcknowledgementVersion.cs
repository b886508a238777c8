using System.Globalization;

namespace EHealthPlus.Transformers.Hl7v2.Acknowledgements;

/// <summary>The HL7 version of an answer: the sender's own, or 2.5.1 where that can't be told.</summary>
internal readonly record struct AcknowledgementVersion(string Text, int Minor, bool HasPatch)
{
    private static readonly AcknowledgementVersion Fallback = new("2.5.1", 5, true);

    /// <summary>ERR-2 to ERR-8 came with v2.5.</summary>
    public bool HasErrorLocation => Minor >= 5;

    /// <summary>MSH-9.2 in an ACK came with v2.3, MSH-9.3 with v2.3.1.</summary>
    public bool HasTriggerEvent => Minor >= 3;

    public bool HasStructure => Minor > 3 || (Minor == 3 && HasPatch);

    public static AcknowledgementVersion Of(string stated)
    {
        string[] parts = stated.Split('.');
        bool plausible = parts.Length is 2 or 3 && parts[0] == "2" && parts[1..].All(part => part.Length == 1 && char.IsAsciiDigit(part[0]));
        return plausible ? new(stated, int.Parse(parts[1], CultureInfo.InvariantCulture), parts.Length == 3) : Fallback;
    }
}
