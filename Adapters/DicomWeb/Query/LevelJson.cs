using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.DicomWeb.Query;

/// <summary>
/// Puts one answer together from the objects of its levels, without reading their values: attributes ordered by tag, each once (PS3.18-2024 F.2.2).
/// Not for two threads at once.
/// </summary>
/// <param name="whole">The levels that are given in full; of the others only what is asked for.</param>
internal sealed class LevelJson(Func<QueryLevel, bool> whole, IReadOnlySet<uint> included)
{
    private const uint SpecificCharacterSet = 0x00080005, InstanceAvailability = 0x00080056, RetrieveUrl = 0x00081190;

    // JSON is UTF-8, whatever the data sets were in.
    private static readonly Attribute[] Fixed =
    [
        new(SpecificCharacterSet, "\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]}"u8.ToArray()),
        new(InstanceAvailability, "\"00080056\":{\"vr\":\"CS\",\"Value\":[\"ONLINE\"]}"u8.ToArray()),
    ];

    // Patient, study and series are mostly those of the match before: read once.
    private readonly (ReadOnlyMemory<byte> Json, Attribute[] Read)[] before = new (ReadOnlyMemory<byte>, Attribute[])[(int)QueryLevel.Instance + 1];
    private readonly List<Attribute> line = [];

    public void Write(ImagingMatch match, string retrieveUrl, IBufferWriter<byte> output)
    {
        line.Clear();
        // The deeper level goes first: where two levels state an attribute, its own counts.
        for (var level = match.Json.Count; level > 0; level--) Take(match.Json[level - 1], level);
        foreach (var attribute in Fixed) Put(attribute);
        Put(new(RetrieveUrl, Encoding.UTF8.GetBytes($"\"00081190\":{{\"vr\":\"UR\",\"Value\":[\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(retrieveUrl)}\"]}}")));
        line.Sort(static (one, other) => one.Tag.CompareTo(other.Tag));

        output.Write("{"u8);
        var first = true;
        foreach (var attribute in line)
        {
            if (!first) output.Write(","u8);
            first = false;
            output.Write(attribute.Raw.Span);
        }

        output.Write("}"u8);
    }

    private void Take(ReadOnlyMemory<byte> json, int level)
    {
        if (!before[level].Json.Span.SequenceEqual(json.Span)) before[level] = (json, Read(json));
        var all = whole((QueryLevel)level);
        foreach (var attribute in before[level].Read ?? [])
        {
            if (all || included.Contains(attribute.Tag) || attribute.Tag is QueryAttribute.StudyInstanceUid or QueryAttribute.SeriesInstanceUid) Put(attribute);
        }
    }

    private void Put(Attribute attribute)
    {
        foreach (var known in line)
        {
            if (known.Tag == attribute.Tag) return;
        }

        line.Add(attribute);
    }

    private static Attribute[] Read(ReadOnlyMemory<byte> json)
    {
        var attributes = new List<Attribute>(32);
        var reader = new Utf8JsonReader(json.Span, isFinalBlock: true, JsonDataSet.Reading);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isTag = reader.ValueSpan.Length == 8 && Utf8Parser.TryParse(reader.ValueSpan, out uint _, out var length, 'x') && length == 8;
            var tag = isTag ? uint.Parse(reader.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0;
            reader.Read();
            reader.Skip();
            // These three are the answer's own.
            if (isTag && tag is not (SpecificCharacterSet or InstanceAvailability or RetrieveUrl)) attributes.Add(new(tag, json[start..(int)reader.BytesConsumed]));
        }

        return [.. attributes];
    }

    private readonly record struct Attribute(uint Tag, ReadOnlyMemory<byte> Raw);
}
