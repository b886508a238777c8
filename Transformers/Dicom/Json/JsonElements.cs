using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Transformers.Dicom.Json;

/// <summary>Writes DICOM JSON objects (PS3.18-2024 annex F) as data sets: in the order of the tags, sequences and items with lengths.</summary>
internal sealed class JsonElements(TransferSyntax syntax)
{
    private const uint CharacterSet = 0x00080005;

    private Rejection? fault;

    /// <summary>Text is written in UTF-8, and says so where it is not ASCII (PS3.3-2024 C.12.1.1.2).</summary>
    public Result<ReadOnlyMemory<byte>> Write(JsonElement dataSet)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Object(dataSet, output, 0, needsUtf8: !System.Text.Ascii.IsValid(JsonText(dataSet)));
        if (fault is not null) return fault;
        return output.WrittenMemory;
    }

    // Characters may be written as escapes, so the values are looked at and not the JSON.
    private static string JsonText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => string.Concat(element.EnumerateObject().Select(member => JsonText(member.Value))),
        JsonValueKind.Array => string.Concat(element.EnumerateArray().Select(JsonText)),
        JsonValueKind.String => element.GetString()!,
        _ => string.Empty,
    };

    private void Object(JsonElement dataSet, ArrayBufferWriter<byte> output, int depth, bool needsUtf8)
    {
        if (depth > ElementReader.DepthLimit) Refuse("More sequences are nested than a data set may have");
        else if (dataSet.ValueKind != JsonValueKind.Object) Refuse("A data set is an object of JSON");
        if (fault is not null) return;
        var elements = new SortedDictionary<uint, JsonElement?>();
        foreach (JsonProperty member in dataSet.EnumerateObject())
        {
            if (TagOf(member.Name) is not { } tag || !elements.TryAdd(tag, member.Value)) Refuse("A name is no tag, no keyword, or stands twice");
        }
        if (needsUtf8) elements[CharacterSet] = null;
        foreach (var (tag, element) in elements)
        {
            if (fault is not null) return;
            if (element is { } stated) Element(tag, stated, output, depth);
            else Put(tag, Vr.CS, "ISO_IR 192"u8, output);
        }
    }

    private static uint? TagOf(string name) =>
        name.Length == 8 && uint.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint tag) ? tag : ElementDictionary.TagOf(name);

    private void Element(uint tag, JsonElement element, ArrayBufferWriter<byte> output, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse("An element is an object of JSON");
            return;
        }
        Vr vr = ElementDictionary.VrOf(tag);
        if (element.TryGetProperty("vr", out JsonElement name) && name.ValueKind == JsonValueKind.String && Enum.TryParse(name.GetString(), out Vr stated)) vr = stated;
        var value = new ArrayBufferWriter<byte>(64);
        bool hasValue = element.TryGetProperty("Value", out JsonElement values) && values.ValueKind == JsonValueKind.Array;
        if (element.TryGetProperty("InlineBinary", out JsonElement binary))
        {
            if (binary.ValueKind != JsonValueKind.String || !binary.TryGetBytesFromBase64(out byte[]? bytes)) Refuse("An InlineBinary is not base64");
            else Inline(vr, bytes, value);
        }
        else if (hasValue && vr == Vr.SQ)
        {
            foreach (JsonElement item in values.EnumerateArray()) Item(item, value, depth);
        }
        else if (hasValue && vr.Unit() > 1 && !vr.IsBinary())
        {
            foreach (JsonElement number in values.EnumerateArray()) Number(vr, number, value);
        }
        else if (hasValue)
        {
            value.Write(System.Text.Encoding.UTF8.GetBytes(string.Join('\\', values.EnumerateArray().Select(part => Text(vr, part)))));
        }
        if (fault is null) Put(tag, vr, value.WrittenSpan, output);
    }

    private void Item(JsonElement item, ArrayBufferWriter<byte> output, int depth)
    {
        var content = new ArrayBufferWriter<byte>(256);
        Object(item, content, depth + 1, needsUtf8: false);
        HeaderBytes.ItemHeader(output, HeaderBytes.Item, content.WrittenCount, syntax.BigEndian);
        output.Write(content.WrittenSpan);
    }

    // Values have an even length: text is filled up with a space, a UID and bytes with a zero (PS3.5-2024 section 6.2).
    private void Put(uint tag, Vr vr, ReadOnlySpan<byte> value, ArrayBufferWriter<byte> output)
    {
        int length = value.Length + (value.Length & 1);
        HeaderBytes.Element(output, tag, vr, length, syntax.Implicit, syntax.BigEndian);
        output.Write(value);
        if (length > value.Length) output.Write(vr == Vr.UI || vr.IsBinary() ? "\0"u8 : " "u8);
    }

    private void Inline(Vr vr, byte[] value, ArrayBufferWriter<byte> output)
    {
        int unit = vr.Unit();
        if (syntax.BigEndian && unit > 1)
        {
            for (int at = 0; at + unit <= value.Length; at += unit) value.AsSpan(at, unit).Reverse();
        }
        output.Write(value);
    }

    private string Text(Vr vr, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return string.Empty;
            case JsonValueKind.Number:
                return value.GetRawText();
            case JsonValueKind.String:
                return value.GetString()!;
            case JsonValueKind.Object when vr == Vr.PN:
                return string.Join('=', new[] { Group(value, "Alphabetic"), Group(value, "Ideographic"), Group(value, "Phonetic") }).TrimEnd('=');
            default:
                Refuse("A value is of another kind than its VR calls for");
                return string.Empty;
        }
    }

    private static string Group(JsonElement name, string group) =>
        name.TryGetProperty(group, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private void Number(Vr vr, JsonElement value, ArrayBufferWriter<byte> output)
    {
        int size = vr == Vr.AT ? 4 : vr.Unit();
        Span<byte> bytes = output.GetSpan(size)[..size];
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (!TryBits(vr, text, out ulong bits))
        {
            Refuse("A value is no number of its VR");
            return;
        }
        Span<byte> all = stackalloc byte[8];
        if (vr == Vr.AT)
        {
            // Two words, each in the order of the syntax.
            bits = syntax.BigEndian ? bits : (bits >> 16) | ((bits & 0xFFFF) << 16);
        }
        BinaryPrimitives.WriteUInt64LittleEndian(all, bits);
        all[..size].CopyTo(bytes);
        if (syntax.BigEndian) bytes.Reverse();
        output.Advance(size);
    }

    private static bool TryBits(Vr vr, string text, out ulong bits)
    {
        bits = 0;
        CultureInfo invariant = CultureInfo.InvariantCulture;
        switch (vr)
        {
            case Vr.AT:
                return ulong.TryParse(text, NumberStyles.AllowHexSpecifier, invariant, out bits) && bits <= uint.MaxValue;
            case Vr.FL:
                bool isSingle = float.TryParse(text, NumberStyles.Float, invariant, out float single);
                bits = BitConverter.SingleToUInt32Bits(single);
                return isSingle;
            case Vr.FD:
                bool isDouble = double.TryParse(text, NumberStyles.Float, invariant, out double number);
                bits = BitConverter.DoubleToUInt64Bits(number);
                return isDouble;
            case Vr.SS or Vr.SL or Vr.SV:
                bool isSigned = long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out long signed);
                bits = (ulong)signed;
                int unused = 64 - (vr.Unit() * 8);
                return isSigned && signed << unused >> unused == signed;
            default:
                return ulong.TryParse(text, NumberStyles.None, invariant, out bits) && (vr.Unit() == 8 || bits >> (vr.Unit() * 8) == 0);
        }
    }

    private void Refuse(string why) => fault ??= new Rejection(RejectionCode.IdentifierInvalid, why);
}
