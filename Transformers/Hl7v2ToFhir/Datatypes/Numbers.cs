using System.Globalization;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>NM[decimal], NM[positiveInt], NM[Quantity]: numbers keep their digits, 1.50 stays 1.50.</summary>
public static class Numbers
{
    public static bool SetDecimal(this FhirNode node, string name, Value value) => SetDecimal(node, name, value, value.Utf8);

    /// <summary>Sets a decimal from a part of the value's text.</summary>
    public static bool SetDecimal(this FhirNode node, string name, Value value, ReadOnlySpan<byte> digits)
    {
        var leaf = value.Leaf;
        if (leaf < 0) return false;
        var arena = value.Mapping.Arena;
        var length = ToJson(digits, arena.Reserve(MaxDigits + 2));
        if (length == 0)
        {
            value.Mapping.Notes.Add(leaf, CarryReason.NotANumber);
            return false;
        }

        node.SetRaw(name, arena.Commit(length), leaf);
        return true;
    }

    /// <summary>Sets an integer from 1 up to 2,147,483,647.</summary>
    public static bool SetPositiveInteger(this FhirNode node, string name, Value value) => SetInteger(node, name, value, least: 1);

    public static bool SetUnsignedInteger(this FhirNode node, string name, Value value) => SetInteger(node, name, value, least: 0);

    public static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        return text.Length <= MaxDigits && TrySplit(text, out _, out _, out _, out _);
    }

    private const int MaxDigits = 64;

    private static bool SetInteger(FhirNode node, string name, Value value, int least)
    {
        var leaf = value.Leaf;
        if (leaf < 0) return false;
        if (!int.TryParse(value.Utf8.Trim((byte)' '), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least)
        {
            value.Mapping.Notes.Add(leaf, CarryReason.NotANumber);
            return false;
        }

        node.SetRaw(name, value.Mapping.Arena.Write(number.ToString(CultureInfo.InvariantCulture)), leaf);
        return true;
    }

    /// <summary>
    /// HL7 NM (v2.8.2 2A.47) as a JSON number: the plus sign and leading zeros go, a missing digit before or after the point is filled;
    /// no other digit changes. An exponent, which NM has no room for and senders write all the same, stays one, as R4 decimal has it.
    /// </summary>
    /// <returns>Length, or 0 where it is no number.</returns>
    private static int ToJson(ReadOnlySpan<byte> text, Span<byte> json)
    {
        text = text.Trim((byte)' ');
        if (text.Length > MaxDigits || !TrySplit(text, out var negative, out var whole, out var fraction, out var exponent)) return 0;
        var length = 0;
        if (negative) json[length++] = (byte)'-';
        whole = whole.TrimStart((byte)'0');
        if (whole.IsEmpty) json[length++] = (byte)'0';
        whole.CopyTo(json[length..]);
        length += whole.Length;
        if (!fraction.IsEmpty)
        {
            json[length++] = (byte)'.';
            fraction.CopyTo(json[length..]);
            length += fraction.Length;
        }

        exponent.CopyTo(json[length..]);
        return length + exponent.Length;
    }

    private static bool TrySplit(ReadOnlySpan<byte> text, out bool negative, out ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> fraction, out ReadOnlySpan<byte> exponent)
    {
        var power = text.IndexOfAny((byte)'E', (byte)'e');
        exponent = power < 0 ? default : text[power..];
        if (power >= 0) text = text[..power];
        negative = !text.IsEmpty && text[0] == (byte)'-';
        if (negative || (!text.IsEmpty && text[0] == (byte)'+')) text = text[1..];
        var point = text.IndexOf((byte)'.');
        whole = point < 0 ? text : text[..point];
        fraction = point < 0 ? default : text[(point + 1)..];
        return !(whole.IsEmpty && fraction.IsEmpty) && (power < 0 || IsExponent(exponent))
            && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    // E3, E-12: a third digit would be no measurement.
    private static bool IsExponent(ReadOnlySpan<byte> exponent)
    {
        var digits = exponent[(exponent.Length > 1 && exponent[1] is (byte)'+' or (byte)'-' ? 2 : 1)..];
        return digits.Length is 1 or 2 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
