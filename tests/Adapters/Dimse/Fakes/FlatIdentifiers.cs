using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Dimse.Fakes;

/// <summary>A codec that is enough for the tests: text elements, and sequences of defined length when it writes, of either when it reads.</summary>
public sealed class FlatIdentifiers : IIdentifierCodec
{
    public Result<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> dataSet, string transferSyntaxUid, string? characterSet)
    {
        var at = 0;
        var json = Items(dataSet.Span, ref at, transferSyntaxUid == TransferSyntax.ExplicitLittleEndian);
        return (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    public string? CharacterSetOf(ReadOnlyMemory<byte> dataSet, string transferSyntaxUid)
    {
        using var json = System.Text.Json.JsonDocument.Parse(Read(dataSet, transferSyntaxUid, null).Value);
        return json.RootElement.TryGetProperty("00080005", out var terms) ? JsonDataSet.ValueOf(terms) : null;
    }

    /// <summary>States the character set that is wanted, whatever it is; text is in UTF-8 all the same.</summary>
    public Result<ReadOnlyMemory<byte>> Write(ReadOnlyMemory<byte> json, string transferSyntaxUid, string? characterSet)
    {
        var dataSet = JsonNode.Parse(json.Span)!.AsObject();
        if (!string.IsNullOrEmpty(characterSet)) dataSet["00080005"] = new JsonObject { ["vr"] = "CS", ["Value"] = new JsonArray(characterSet) };
        return (ReadOnlyMemory<byte>)Encode(dataSet, transferSyntaxUid == TransferSyntax.ExplicitLittleEndian);
    }

    private static JsonObject Items(ReadOnlySpan<byte> bytes, ref int at, bool explicitVr)
    {
        var json = new JsonObject();
        while (at + 8 <= bytes.Length)
        {
            var tag = (uint)(BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            if (tag == 0xFFFEE00D) { at += 8; break; }
            var (vr, length, head) = Header(bytes[at..], tag, explicitVr);
            at += head;
            if (vr == "SQ")
            {
                var items = new JsonArray();
                var end = length == uint.MaxValue ? bytes.Length : at + (int)length;
                while (at + 8 <= end)
                {
                    var item = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
                    var itemLength = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
                    at += 8;
                    if (item == 0xE0DD) break;
                    var within = 0;
                    if (itemLength == uint.MaxValue)
                    {
                        items.Add(Items(bytes, ref at, explicitVr));
                    }
                    else
                    {
                        items.Add(Items(bytes.Slice(at, (int)itemLength), ref within, explicitVr));
                        at += (int)itemLength;
                    }
                }

                json[tag.ToString("X8", CultureInfo.InvariantCulture)] = new JsonObject { ["vr"] = "SQ", ["Value"] = items };
                continue;
            }

            if (vr == "US")
            {
                var numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(bytes.Slice(at, (int)length)).ToArray();
                at += (int)length;
                json[tag.ToString("X8", CultureInfo.InvariantCulture)] = new JsonObject { ["vr"] = vr, ["Value"] = new JsonArray([.. numbers.Select(number => (JsonNode)number)]) };
                continue;
            }

            var text = Encoding.UTF8.GetString(bytes.Slice(at, (int)length)).TrimEnd('\0', ' ');
            at += (int)length;
            var element = new JsonObject { ["vr"] = vr };
            if (text.Length > 0)
            {
                element["Value"] = new JsonArray([.. text.Split('\\').Select(part => vr == "PN" ? (JsonNode)new JsonObject { ["Alphabetic"] = part } : JsonValue.Create(part))]);
            }

            json[tag.ToString("X8", CultureInfo.InvariantCulture)] = element;
        }

        return json;
    }

    private static (string Vr, uint Length, int Head) Header(ReadOnlySpan<byte> bytes, uint tag, bool explicitVr)
    {
        if (!explicitVr) return (VrOf(tag), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), 8);
        var vr = Encoding.ASCII.GetString(bytes.Slice(4, 2));
        return vr is "SQ" or "UN" or "OB" or "UT"
            ? (vr, BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), 12)
            : (vr, BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), 8);
    }

    private static string VrOf(uint tag) => tag switch
    {
        0x00081199 or 0x00081198 or 0x00400100 => "SQ",
        0x00100010 => "PN",
        0x0020000D or 0x0020000E or 0x00080018 or 0x00080016 or 0x00081195 or 0x00081150 or 0x00081155 or 0x00080058 => "UI",
        0x00081197 => "US",
        _ => "LO",
    };

    private static byte[] Encode(JsonObject json, bool explicitVr)
    {
        var bytes = new MemoryStream();
        foreach (var (path, node) in json.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var tag = uint.Parse(path, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var vr = node!["vr"]!.GetValue<string>();
            var values = node["Value"]?.AsArray() ?? [];
            byte[] value;
            if (vr == "SQ")
            {
                var items = new MemoryStream();
                foreach (var item in values)
                {
                    var content = Encode(item!.AsObject(), explicitVr);
                    items.Write([0xFE, 0xFF, 0x00, 0xE0]);
                    items.Write(BitConverter.GetBytes(content.Length));
                    items.Write(content);
                }

                value = items.ToArray();
            }
            else if (vr == "US")
            {
                value = [.. values.SelectMany(number => BitConverter.GetBytes((ushort)number!.GetValue<int>()))];
            }
            else
            {
                var text = string.Join('\\', values.Select(part => part is JsonObject name ? name["Alphabetic"]!.GetValue<string>() : part!.ToString()));
                value = Encoding.UTF8.GetBytes(text.Length % 2 == 0 ? text : text + (vr == "UI" ? '\0' : ' '));
            }

            bytes.Write([(byte)(tag >> 16), (byte)(tag >> 24), (byte)tag, (byte)(tag >> 8)]);
            if (!explicitVr)
            {
                bytes.Write(BitConverter.GetBytes(value.Length));
            }
            else
            {
                bytes.Write(Encoding.ASCII.GetBytes(vr));
                if (vr == "SQ") bytes.Write([0, 0, .. BitConverter.GetBytes(value.Length)]);
                else bytes.Write(BitConverter.GetBytes((ushort)value.Length));
            }

            bytes.Write(value);
        }

        return bytes.ToArray();
    }
}
