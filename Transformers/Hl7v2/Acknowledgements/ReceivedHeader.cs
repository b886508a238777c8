using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Acknowledgements;

/// <summary>As much of the header of a received message as there is: the message may be unreadable and is answered all the same.</summary>
internal sealed class ReceivedHeader
{
    private readonly byte[] header;
    private readonly bool asText;

    public ReceivedHeader(ReadOnlyMemory<byte> received)
    {
        ReadOnlySpan<byte> bytes = MessageOpening.HeaderOf(received.Span);
        header = bytes.StartsWith("MSH"u8) && bytes.Length > 4 ? bytes.ToArray() : [];
        if (header.Length == 0) return;
        if (Delimiters.Read(bytes) is { Accepted: true } delimiters)
        {
            Delimiters = delimiters.Value;
            Result<CharacterSet> stated = StatedCharacterSet.Read(bytes, Delimiters, CharacterSet.Ascii.Code);
            StatesUnknownSet = !stated.Accepted;
            if (!stated.Accepted || Ascii.IsValid(bytes) || stated.Value.TryDecode(bytes) is not { } text) return;
            CharacterSet = stated.Value;
            header = Encoding.UTF8.GetBytes(text);
        }
        else
        {
            // Its delimiters can't be used in the answer: what the fields hold is told as plain text.
            asText = true;
        }
    }

    public Delimiters Delimiters { get; } = Delimiters.Recommended;

    /// <summary>The one that the answer must be written in; null where its bytes go back as they came.</summary>
    public CharacterSet? CharacterSet { get; }

    /// <summary>True where MSH-18 names no character set that the hub knows.</summary>
    public bool StatesUnknownSet { get; }

    /// <summary>The field as it stands.</summary>
    /// <param name="number">From 3.</param>
    public ReadOnlySpan<byte> Raw(int number) =>
        header.Length > 0 && Splitting.Find(header, header[3], number, out int start, out int length) ? header.AsSpan(start, length) : default;

    /// <summary>The bytes to put in the answer for that field.</summary>
    public ReadOnlySpan<byte> Echo(int number)
    {
        ReadOnlySpan<byte> raw = Raw(number);
        // The answer is ASCII then.
        if (StatesUnknownSet && !Ascii.IsValid(raw)) raw = raw.ToArray().Where(value => value < 0x80).ToArray();
        if (!asText && raw.IndexOfAnyInRange((byte)0, (byte)0x1A) < 0) return raw;
        // Delimiters and controls of an unreadable header are left out, for what remains must be a readable answer.
        return raw.ToArray().Where(value => value >= 0x20 && !"|^~\\&"u8.Contains(value)).ToArray();
    }

    /// <summary>First component of a field, where it is plain ASCII; else empty.</summary>
    public string FirstComponent(int number) => Component(number, 1);

    public string Component(int number, int component) =>
        Splitting.Find(Raw(number), Delimiters.Component, component, out int start, out int length) && Ascii.IsValid(Raw(number))
            ? Encoding.ASCII.GetString(Raw(number).Slice(start, length))
            : string.Empty;
}
