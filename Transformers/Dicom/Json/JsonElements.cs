using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Transformers.Dicom.Json;

/// <summary>Writes DICOM JSON objects (PS3.18-2024 annex F) as data sets: in the order of the tags, sequences and items with lengths.</summary>
internal sealed class JsonElements(TransferSyntax syntax)
{
    private const uint CharacterSet = TextScopes.Tag;
    private const string CharacterSetName = "00080005";

    private readonly SpecificCharacterSet set = SpecificCharacterSet.Default;
    private Rejection? fault;
    private bool lacking;

    private JsonElements(TransferSyntax syntax, SpecificCharacterSet set)
        : this(syntax) => this.set = set;

    /// <summary>
    /// Text is written in the character set that the object states; where it states none in ASCII, or in the one that is wanted. Where that lacks a character
    /// in UTF-8. What it is written in is stated (PS3.3-2024 C.12.1.1.2); an item has the set of the whole.
    /// </summary>
    public Result<ReadOnlyMemory<byte>> Write(JsonElement dataSet, string? wanted)
    {
        string? stated = dataSet.ValueKind == JsonValueKind.Object && dataSet.TryGetProperty(CharacterSetName, out JsonElement terms) && terms.ValueKind == JsonValueKind.Object
            ? JsonDataSet.ValueOf(terms)
            : null;
        foreach (string? name in (string?[])[stated ?? "", null, wanted ?? "", "ISO_IR 192"])
        {
            if (name is "" || SpecificCharacterSet.Find(name ?? "") is not { } set) continue;
            var elements = new JsonElements(syntax, set);
            var output = new ArrayBufferWriter<byte>(256);
            elements.Object(dataSet, output, 0, name);
            if (elements.fault is not null) return elements.fault;
            if (!elements.lacking) return output.WrittenMemory;
        }
        return new Rejection(RejectionCode.IdentifierInvalid, "A text is no Unicode");
    }

    /// <param name="stated">The value of (0008,0005); null for none.</param>
    private void Object(JsonElement dataSet, ArrayBufferWriter<byte> output, int depth, string? stated)
    {
        if (depth > ElementReader.DepthLimit) Refuse("More sequences are nested than a data set may have");
        else if (dataSet.ValueKind != JsonValueKind.Object) Refuse("A data set is an object of JSON");
        if (fault is not null) return;
        var elements = new SortedDictionary<uint, JsonElement?>();
        foreach (JsonProperty member in dataSet.EnumerateObject())
        {
            if (TagOf(member.Name) is not { } tag || !elements.TryAdd(tag, member.Value)) Refuse("A name is no tag, no keyword, or stands twice");
        }
        elements.Remove(CharacterSet);
        if (stated is not null) elements[CharacterSet] = null;
        foreach (var (tag, element) in elements)
        {
            if (fault is not null || lacking) return;
            if (element is { } given) Element(tag, given, output, depth);
            else Put(tag, Vr.CS, System.Text.Encoding.ASCII.GetBytes(stated!), output);
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
        Vr vr = StatedVr(element);
        if (vr == Vr.Other) vr = ElementDictionary.VrOf(tag);
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
            Texts(vr, values, value);
        }
        if (fault is null) Put(tag, vr, value.WrittenSpan, output);
    }

    private static Vr StatedVr(JsonElement element) =>
        element.TryGetProperty("vr", out JsonElement name) && name.ValueKind == JsonValueKind.String && name.GetString() is [var first, var second]
            ? VrTraits.Of((ushort)((first << 8) | (second & 0xFF)))
            : Vr.Other;

    private void Item(JsonElement item, ArrayBufferWriter<byte> output, int depth)
    {
        var content = new ArrayBufferWriter<byte>(256);
        Object(item, content, depth + 1, null);
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

    private void Texts(Vr vr, JsonElement values, ArrayBufferWriter<byte> output)
    {
        bool first = true;
        foreach (JsonElement part in values.EnumerateArray())
        {
            if (!first) output.Write("\\"u8);
            first = false;
            if (set.TryEncode(Text(vr, part), vr) is { } bytes) output.Write(bytes);
            else lacking = true;
        }
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
