using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Text;

namespace EHealthPlus.Transformers.Dicom.Json;

/// <summary>Writes elements as members of a DICOM JSON object (PS3.18-2024 annex F), in UTF-8, in the order in which they come.</summary>
internal sealed class DataSetJson : IDisposable
{
    private readonly Utf8JsonWriter writer;
    private readonly List<bool> hasItems = [];

    public DataSetJson(IBufferWriter<byte> output)
    {
        // Chinese characters stay readable; the text never goes into HTML.
        writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        writer.WriteStartObject();
    }

    public long Length => writer.BytesCommitted + writer.BytesPending;

    /// <returns>False where text was not valid in the character set: its bytes stand as octal digits.</returns>
    public bool Value(in ElementHeader header, ReadOnlySpan<byte> value, bool bigEndian, SpecificCharacterSet characterSet)
    {
        Begin(header.Tag, header.Vr);
        bool valid = true;
        if (header.Tag == TextScopes.Tag)
        {
            WriteUtf8Term(value);
        }
        else if (header.Vr.IsBinary())
        {
            if (!value.IsEmpty) WriteInline(header.Vr, value, bigEndian);
        }
        else if (header.Vr.Unit() > 1)
        {
            WriteNumbers(header.Vr, value, bigEndian);
        }
        else
        {
            WriteText(header.Vr, characterSet.Decode(value, header.Vr, out valid));
        }
        writer.WriteEndObject();
        return valid;
    }

    public void BulkData(in ElementHeader header, string uri)
    {
        Begin(header.Tag, header.Vr);
        writer.WriteString("BulkDataURI"u8, uri);
        writer.WriteEndObject();
    }

    public void BeginSequence(in ElementHeader header)
    {
        Begin(header.Tag, Vr.SQ);
        hasItems.Add(false);
    }

    public void BeginItem()
    {
        if (!hasItems[^1]) writer.WriteStartArray("Value"u8);
        hasItems[^1] = true;
        writer.WriteStartObject();
    }

    public void EndItem() => writer.WriteEndObject();

    public void EndSequence()
    {
        if (hasItems[^1]) writer.WriteEndArray();
        hasItems.RemoveAt(hasItems.Count - 1);
        writer.WriteEndObject();
    }

    public void Complete()
    {
        writer.WriteEndObject();
        writer.Flush();
    }

    public void Flush() => writer.Flush();

    public void Dispose() => writer.Dispose();

    private void Begin(uint tag, Vr vr)
    {
        Span<char> digits = stackalloc char[8];
        tag.TryFormat(digits, out _, "X8", CultureInfo.InvariantCulture);
        writer.WriteStartObject(digits);
        writer.WriteString("vr"u8, vr == Vr.Other ? "UN" : VrNames.Of(vr));
    }

    // The text is UTF-8 now, whatever it was (PS3.18-2024 F.2).
    private void WriteUtf8Term(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        writer.WriteStartArray("Value"u8);
        writer.WriteStringValue("ISO_IR 192"u8);
        writer.WriteEndArray();
    }

    private void WriteInline(Vr vr, ReadOnlySpan<byte> value, bool bigEndian)
    {
        int unit = vr.Unit();
        if (!bigEndian || unit == 1)
        {
            writer.WriteBase64String("InlineBinary"u8, value);
            return;
        }
        // Little endian in JSON (PS3.18-2024 F.2.7).
        byte[] little = value.ToArray();
        for (int at = 0; at + unit <= little.Length; at += unit) little.AsSpan(at, unit).Reverse();
        writer.WriteBase64String("InlineBinary"u8, little);
    }

    private void WriteNumbers(Vr vr, ReadOnlySpan<byte> value, bool bigEndian)
    {
        int size = vr == Vr.AT ? 4 : vr.Unit();
        if (value.Length < size) return;
        writer.WriteStartArray("Value"u8);
        for (; value.Length >= size; value = value[size..]) BinaryNumber.Write(writer, vr, value[..size], bigEndian);
        writer.WriteEndArray();
    }

    private void WriteText(Vr vr, string text)
    {
        ReadOnlySpan<char> all = TextValue.Trim(text, vr);
        if (all.IsEmpty) return;
        writer.WriteStartArray("Value"u8);
        if (vr.IsSingleText())
        {
            writer.WriteStringValue(all);
        }
        else
        {
            foreach (Range part in all.Split('\\')) WriteOne(vr, TextValue.Trim(all[part], vr));
        }
        writer.WriteEndArray();
    }

    private void WriteOne(Vr vr, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) writer.WriteNullValue();
        else if (vr == Vr.PN) WriteName(value);
        // A number as it was written: 1.50 stays 1.50.
        else if (vr is Vr.DS or Vr.IS && TextValue.IsJsonNumber(value)) writer.WriteRawValue(value, skipInputValidation: true);
        else writer.WriteStringValue(value);
    }

    // Component groups (PS3.5-2024 6.2.1.1, PS3.18-2024 F.2.2).
    private void WriteName(ReadOnlySpan<char> name)
    {
        writer.WriteStartObject();
        int group = 0;
        foreach (Range part in name.Split('='))
        {
            ReadOnlySpan<char> value = name[part].TrimEnd(' ');
            if (!value.IsEmpty && group < 3) writer.WriteString(group == 0 ? "Alphabetic"u8 : group == 1 ? "Ideographic"u8 : "Phonetic"u8, value);
            group++;
        }
        writer.WriteEndObject();
    }
}
