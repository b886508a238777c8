using System.Buffers;
using System.Text;

namespace EHealthPlus.Transformers.Fhir.Writing;

/// <summary>A growing buffer of UTF-8 JSON. Can be rolled back, which is how an element that turns out empty is left out.</summary>
public sealed class JsonOutput
{
    // RFC 8259 section 7: what must be escaped in a string. All else of UTF-8 stands for itself.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    private byte[] buffer = new byte[64 * 1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    /// <summary>True where nothing in it must be escaped in a JSON string.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> utf8) => !utf8.ContainsAny(Escaped);

    public void Clear()
    {
        Length = 0;
        if (buffer.Length > 4 * 1024 * 1024) buffer = new byte[64 * 1024];
    }

    public void RollBack(int length) => Length = length;

    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        Length += json.Length;
    }

    public void Raw(byte json)
    {
        Room(1)[0] = json;
        Length++;
    }

    /// <summary>Writes a property name, with a comma before it where it is not the first, and the colon after it.</summary>
    /// <param name="more">How much will be written after it at least.</param>
    /// <returns>The room after it.</returns>
    public Span<byte> Property(string plain, bool comma, int more = 0)
    {
        var room = Room(plain.Length + 4 + more);
        var at = comma ? 1 : 0;
        if (comma) room[0] = (byte)',';
        room[at++] = (byte)'"';
        // Sliced to its length, so that the loop needs no check of its own.
        var name = room.Slice(at, plain.Length);
        for (var place = 0; place < name.Length; place++) name[place] = (byte)plain[place];
        at += plain.Length;
        room[at] = (byte)'"';
        room[at + 1] = (byte)':';
        Length += at + 2;
        return room[(at + 2)..];
    }

    /// <summary>Writes a property that is a string, escaped where it must be.</summary>
    public void TextProperty(string plain, bool comma, ReadOnlySpan<byte> utf8)
    {
        Property(plain, comma, utf8.Length + 2);
        Text(utf8);
    }

    /// <summary>Writes a property that is a string which needs no escape.</summary>
    public void PlainProperty(string plain, bool comma, ReadOnlySpan<byte> utf8)
    {
        var room = Property(plain, comma, utf8.Length + 2);
        room[0] = (byte)'"';
        utf8.CopyTo(room[1..]);
        room[utf8.Length + 1] = (byte)'"';
        Length += utf8.Length + 2;
    }

    /// <summary>Writes a property that is a string of ASCII characters which need no escape.</summary>
    /// <exception cref="ArgumentException">Not ASCII; of <see cref="Quoted"/> and <see cref="Plain"/> too.</exception>
    public void PlainProperty(string plain, bool comma, string value)
    {
        var room = Property(plain, comma, value.Length + 2);
        room[0] = (byte)'"';
        Copy(value, room[1..]);
        room[value.Length + 1] = (byte)'"';
        Length += value.Length + 2;
    }

    /// <summary>Writes a string of ASCII characters that need no escape, such as a property name, with its quotes.</summary>
    public void Quoted(string plain)
    {
        var room = Room(plain.Length + 2);
        room[0] = (byte)'"';
        Copy(plain, room[1..]);
        room[plain.Length + 1] = (byte)'"';
        Length += plain.Length + 2;
    }

    public void Plain(string plain)
    {
        Copy(plain, Room(plain.Length));
        Length += plain.Length;
    }

    /// <summary>Writes a string with quotes and escapes.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        var next = utf8.IndexOfAny(Escaped);
        if (next < 0)
        {
            var room = Room(utf8.Length + 2);
            room[0] = (byte)'"';
            utf8.CopyTo(room[1..]);
            room[utf8.Length + 1] = (byte)'"';
            Length += utf8.Length + 2;
            return;
        }

        Raw((byte)'"');
        while (next >= 0)
        {
            Raw(utf8[..next]);
            Escape(utf8[next]);
            utf8 = utf8[(next + 1)..];
            next = utf8.IndexOfAny(Escaped);
        }

        Raw(utf8);
        Raw((byte)'"');
    }

    private void Escape(byte value)
    {
        switch (value)
        {
            case (byte)'"': Raw("\\\""u8); break;
            case (byte)'\\': Raw("\\\\"u8); break;
            case (byte)'\n': Raw("\\n"u8); break;
            case (byte)'\r': Raw("\\r"u8); break;
            case (byte)'\t': Raw("\\t"u8); break;
            default:
                Raw("\\u00"u8);
                Raw("0123456789abcdef"u8[value >> 4]);
                Raw("0123456789abcdef"u8[value & 15]);
                break;
        }
    }

    // The room holds what was written for earlier messages: what is not copied whole must not go out.
    private static void Copy(string ascii, Span<byte> room)
    {
        if (Ascii.FromUtf16(ascii, room, out _) != OperationStatus.Done) ThrowNotAscii();
    }

    // Apart, so that the copying is inlined.
    private static void ThrowNotAscii() => throw new ArgumentException("A constant is not ASCII");

    private Span<byte> Room(int length)
    {
        if (buffer.Length - Length < length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + length));
        return buffer.AsSpan(Length);
    }
}
