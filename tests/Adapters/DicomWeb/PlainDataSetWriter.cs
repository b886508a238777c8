using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>The codec's place in the tests of the adapter: it knows the data sets of <see cref="SyntheticCt"/> and no others.</summary>
internal sealed class PlainDataSetWriter : IDataSetWriter
{
    private const uint PixelData = 0x7FE00010;
    private const string Implicit = "1.2.840.10008.1.2";

    /// <summary>In the tests, bytes of big endian and deflated data sets are those of little endian ones with each bit turned round.</summary>
    public static byte[] Turned(byte[] dataSet) => [.. dataSet.Select(value => (byte)~value)];

    /// <summary>Set: the data set with that instance number is answered as damaged.</summary>
    public string? DamagedInstance { get; set; }

    /// <summary>Attributes of 64 KiB of text that each data set has before its end; the last instance that is damaged is so behind them.</summary>
    public int Texts { get; set; }

    /// <summary>How often frames were sought.</summary>
    public int FrameSearches { get; private set; }

    /// <summary>The most that stood in the output when it could be passed on.</summary>
    public long MostHeld { get; private set; }

    public byte[] FileMeta(string sopClassUid, string sopInstanceUid, string transferSyntaxUid) => SyntheticCt.FileMeta(sopClassUid, sopInstanceUid, transferSyntaxUid);

    public async ValueTask<Rejection?> WriteJsonAsync(
        Stream dataSet, string transferSyntaxUid, string? characterSet, Func<string, string> bulkDataUri, IBufferWriter<byte> output, Func<ValueTask>? afterPart, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(dataSet, cancellationToken);
        var damaged = DamagedInstance is { } number && PlainDataSet.Text(head, 0x00200013) == number;
        if (damaged && Texts == 0) return new(RejectionCode.DataSetTruncated, "It ends");
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        foreach (var element in PlainDataSet.Read(head))
        {
            var name = element.Tag.ToString("X8", CultureInfo.InvariantCulture);
            json.WriteStartObject(name);
            json.WriteString("vr", element.Vr);
            if (element.Tag == PixelData) json.WriteString("BulkDataURI", bulkDataUri(name));
            else WriteValue(json, element, head.AsSpan(element.Offset, element.Length));
            json.WriteEndObject();
        }

        for (var text = 0; text < Texts; text++)
        {
            json.WriteString($"0099{text:X4}", new string('x', 64 * 1024));
            await json.FlushAsync(cancellationToken);
            MostHeld = Math.Max(MostHeld, (output as ArrayBufferWriter<byte>)?.WrittenCount ?? 0);
            if (afterPart is not null) await afterPart();
        }

        json.WriteEndObject();
        return damaged ? new Rejection(RejectionCode.DataSetTruncated, "It ends") : null;
    }

    public async ValueTask<Result<ByteStretch>> LocateAsync(Stream dataSet, string transferSyntaxUid, string path, CancellationToken cancellationToken)
    {
        var tag = uint.Parse(path.Split('/')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var found = PlainDataSet.Read(await HeadAsync(dataSet, cancellationToken)).Find(element => element.Tag == tag);
        return found.Tag == 0 ? new Rejection(RejectionCode.ResourceNotFound, "No such element") : new ByteStretch(found.Offset, found.Length);
    }

    public async ValueTask<Result<IReadOnlyList<FrameLocation>>> FramesAsync(Stream dataSet, string transferSyntaxUid, CancellationToken cancellationToken)
    {
        FrameSearches++;
        var head = await HeadAsync(dataSet, cancellationToken);
        var pixels = PlainDataSet.Read(head).Find(element => element.Tag == PixelData);
        var frames = new List<FrameLocation>();
        if (pixels.Length >= 0)
        {
            const int frame = SyntheticCt.Rows * SyntheticCt.Rows * 2;
            for (var at = 0; at < pixels.Length; at += frame) frames.Add(new([new(pixels.Offset + at, frame)]));
            return frames;
        }

        var place = pixels.Offset;
        while (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(place + 2)) == 0xE000)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(place + 4));
            if (place > pixels.Offset) frames.Add(new([new(place + 8, length / 2), new(place + 8 + (length / 2), length - (length / 2))]));
            place += 8 + length;
        }

        return frames;
    }

    public async ValueTask<Rejection?> TranscodeAsync(Stream dataSet, string fromTransferSyntaxUid, string toTransferSyntaxUid, Stream output, CancellationToken cancellationToken)
    {
        if (toTransferSyntaxUid == KeptInMemory.Explicit && fromTransferSyntaxUid != Implicit)
        {
            var turned = new byte[dataSet.Length];
            await dataSet.ReadExactlyAsync(turned, cancellationToken);
            await output.WriteAsync(Turned(turned), cancellationToken);
            return null;
        }

        if (toTransferSyntaxUid != Implicit) return new(RejectionCode.TransferSyntaxUnsupported, "The tests write implicit little endian");
        var bytes = new byte[dataSet.Length];
        await dataSet.ReadExactlyAsync(bytes, cancellationToken);
        foreach (var element in PlainDataSet.Read(bytes))
        {
            await output.WriteAsync(BitConverter.GetBytes((ushort)(element.Tag >> 16)), cancellationToken);
            await output.WriteAsync(BitConverter.GetBytes((ushort)element.Tag), cancellationToken);
            await output.WriteAsync(BitConverter.GetBytes(element.Length), cancellationToken);
            await output.WriteAsync(bytes.AsMemory(element.Offset, element.Length), cancellationToken);
        }

        return null;
    }

    private static async Task<byte[]> HeadAsync(Stream dataSet, CancellationToken cancellationToken)
    {
        var head = new byte[Math.Min(dataSet.Length, 4_096)];
        await dataSet.ReadExactlyAsync(head, cancellationToken);
        return head;
    }

    private static void WriteValue(Utf8JsonWriter json, PlainElement element, ReadOnlySpan<byte> value)
    {
        json.WriteStartArray("Value");
        if (element.Vr == "US") json.WriteNumberValue(BinaryPrimitives.ReadUInt16LittleEndian(value));
        else
        {
            var text = Encoding.UTF8.GetString(value).TrimEnd('\0', ' ');
            foreach (var one in text.Split('\\'))
            {
                if (element.Vr is "DS" or "IS") json.WriteNumberValue(decimal.Parse(one, CultureInfo.InvariantCulture));
                else if (element.Vr == "PN")
                {
                    var groups = one.Split('=');
                    json.WriteStartObject();
                    json.WriteString("Alphabetic", groups[0]);
                    if (groups.Length > 1) json.WriteString("Ideographic", groups[1]);
                    json.WriteEndObject();
                }
                else json.WriteStringValue(one);
            }
        }

        json.WriteEndArray();
    }
}
