using System.Buffers;
using EHealthPlus.Transformers.CharacterSets;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Text;

/// <summary>
/// Writes text in single-byte sets, and where code extensions are stated switches between those that are (PS3.5-2024 6.1.2.5). Before a delimiter, at the
/// end of a line and at the end of the value what was at the start holds again.
/// </summary>
/// <param name="lower">Registration of what bytes 21 to 7E are at the start: 6 or 14.</param>
/// <param name="upper">Of A0 to FF; 0 for nothing.</param>
/// <param name="switches">Registrations that may be switched to.</param>
internal sealed class SwitchedText(int lower, int upper, IReadOnlyList<int> switches)
{
    private readonly ArrayBufferWriter<byte> output = new(64);
    private int g0;
    private int g1;

    /// <returns>Null where none of the sets has a character of the text.</returns>
    public byte[]? TryWrite(string text, Vr vr)
    {
        (g0, g1) = (lower, upper);
        foreach (char character in text)
        {
            bool delimits = character is '\\' or '\r' or '\n' or '\f' or '\t' || (vr == Vr.PN && character is '^' or '=');
            if (delimits) Return();
            if (character <= ' ' || delimits) output.Write([(byte)character]);
            else if (!Put(g0, character) && !Put(g1, character) && !Switch(character)) return null;
        }
        Return();
        return output.WrittenSpan.ToArray();
    }

    private bool Switch(char character)
    {
        foreach (int registration in switches)
        {
            if (BytesOf(registration, character) is not { } bytes) continue;
            To(registration);
            output.Write(bytes);
            return true;
        }
        return false;
    }

    private void Return()
    {
        if (g0 != lower) To(lower);
        // Where nothing was there at the start, what was switched to stays, and is switched to again: so PS3.5 annexes I and K have it.
        if (g1 != upper && upper != 0) To(upper);
        g1 = upper;
    }

    private void To(int registration)
    {
        output.Write("\e"u8);
        output.Write(System.Text.Encoding.ASCII.GetBytes(Designation.SequenceOf(registration)));
        if (Designation.IsUpper(registration)) g1 = registration;
        else g0 = registration;
    }

    private bool Put(int registration, char character)
    {
        if (registration == 0 || BytesOf(registration, character) is not { } bytes) return false;
        output.Write(bytes);
        return true;
    }

    private static byte[]? BytesOf(int registration, char character)
    {
        if (registration == 6) return char.IsAscii(character) ? [(byte)character] : null;
        // Romaji has a yen sign where the delimiter is, and an overline where ASCII has the tilde.
        if (registration == 14) return character == '\u203E' ? [(byte)'~'] : char.IsAscii(character) && character != '~' ? [(byte)character] : null;
        if (!Iso2022Pairs.Holds(registration)) return SingleByteSet.ByRegistration[registration].Find(character) is { } single ? [single] : null;
        if (Iso2022Pairs.Find(registration, character) is not { } pair) return null;
        byte high = (byte)(Designation.IsUpper(registration) ? 0x80 : 0);
        return [(byte)(pair.First | high), (byte)(pair.Second | high)];
    }
}
