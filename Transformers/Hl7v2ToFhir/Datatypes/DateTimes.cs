using System.Text;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// DTM[dateTime], TS[dateTime] and their kin: HL7 v2 times as FHIR date, dateTime, instant and time (R4 2.24.0.1). Precision and zone
/// are kept. FHIR allows no time without zone: where none is stated or set, the date alone is written and the value counts as carried.
/// </summary>
public static class DateTimes
{
    /// <summary>Sets a dateTime.</summary>
    /// <returns>False where nothing could be set.</returns>
    public static bool SetDateTime(this FhirNode node, string name, Value value)
    {
        var leaf = value.Leaf;
        if (leaf < 0 || !Read(value, leaf, out var dtm)) return false;
        var mapping = value.Mapping;
        if (dtm.HasTime && dtm.Precision >= DtmPrecision.Minute && ZoneOf(mapping, dtm, leaf) is { } zone)
        {
            if (dtm.Precision == DtmPrecision.Minute) mapping.Notes.Add(leaf, CarryReason.SecondsFilled);
            node.Set(name, WriteFull(mapping.Arena, dtm, zone), leaf);
            return true;
        }

        var reduced = dtm.HasTime;
        if (reduced) mapping.Notes.Add(leaf, dtm.Precision < DtmPrecision.Minute ? CarryReason.TimeWithoutMinutes : CarryReason.TimeWithoutZone);
        node.Set(name, WriteDate(mapping.Arena, dtm), reduced ? FhirNode.NoLeaf : leaf);
        return true;
    }

    /// <summary>Sets a date. A time beside it is not lost: the leaf then counts as carried unless it is mapped elsewhere too.</summary>
    public static bool SetDate(this FhirNode node, string name, Value value)
    {
        var leaf = value.Leaf;
        if (leaf < 0 || !Read(value, leaf, out var dtm)) return false;
        node.Set(name, WriteDate(value.Mapping.Arena, dtm), dtm.HasTime ? FhirNode.NoLeaf : leaf);
        return true;
    }

    /// <summary>Sets an instant: to the second, with zone, or not at all.</summary>
    public static bool SetInstant(this FhirNode node, string name, Value value)
    {
        var leaf = value.Leaf;
        if (leaf < 0 || !Read(value, leaf, out var dtm)) return false;
        var mapping = value.Mapping;
        if (dtm.Precision < DtmPrecision.Minute || ZoneOf(mapping, dtm, leaf) is not { } zone)
        {
            mapping.Notes.Add(leaf, CarryReason.NotAnInstant);
            return false;
        }

        if (dtm.Precision == DtmPrecision.Minute) mapping.Notes.Add(leaf, CarryReason.SecondsFilled);
        node.Set(name, WriteFull(mapping.Arena, dtm, zone), leaf);
        return true;
    }

    /// <summary>Sets a time of day from HL7 TM: HH[MM[SS[.S]]]; a zone has no place in FHIR time and leaves the value carried.</summary>
    public static bool SetTime(this FhirNode node, string name, Value value)
    {
        if (!ReadTime(value, out var time, out var leaf)) return false;
        node.Set(name, time, leaf);
        return true;
    }

    /// <summary>Adds a time of day to a list.</summary>
    public static bool AppendTime(this FhirNode node, string name, Value value)
    {
        if (!ReadTime(value, out var time, out var leaf)) return false;
        node.Append(name, time, leaf);
        return true;
    }

    /// <summary>Adds the times of a list with commas between, as RI.2 writes them.</summary>
    public static void AppendTimes(this FhirNode node, string name, Value list)
    {
        if (list.Leaf < 0) return;
        var text = list.Utf8;
        foreach (var part in text.Split((byte)','))
        {
            if (ReadTime(list, text[part], out var time, out var leaf)) node.Append(name, time, leaf);
        }
    }

    private static bool ReadTime(Value value, out FhirText time, out int leaf) => ReadTime(value, value.Utf8, out time, out leaf);

    private static bool ReadTime(Value value, ReadOnlySpan<byte> text, out FhirText time, out int leaf)
    {
        time = default;
        leaf = value.Leaf;
        if (leaf < 0) return false;
        text = text.Trim((byte)' ');
        // Senders also write times with colons, which the standard does not know but everybody reads.
        Span<byte> stamped = stackalloc byte[64];
        if (text.Length > 40) return NotADate(value, leaf);
        "20000101"u8.CopyTo(stamped);
        var length = 8;
        foreach (var b in text)
        {
            if (b != (byte)':') stamped[length++] = b;
        }

        if (length < 12 || !Dtm.TryRead(stamped[..length], out var dtm)) return NotADate(value, leaf);
        var room = value.Mapping.Arena.Reserve(32);
        time = value.Mapping.Arena.Commit(dtm.WriteTime(room));
        if (dtm.Precision == DtmPrecision.Minute) value.Mapping.Notes.Add(leaf, CarryReason.SecondsFilled);
        if (dtm.Zone is not null) leaf = FhirNode.NoLeaf;
        return true;
    }

    /// <summary>Sets an instant from the hub's own clock.</summary>
    public static void SetInstant(this FhirNode node, string name, DateTimeOffset at) =>
        node.Set(name, node.Arena.Write(at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture)));

    private static bool Read(Value value, int leaf, out Dtm dtm) => Dtm.TryRead(value.Utf8, out dtm) || NotADate(value, leaf);

    private static bool NotADate(Value value, int leaf)
    {
        value.Mapping.Notes.Add(leaf, CarryReason.NotACalendarDate);
        return false;
    }

    private static string? ZoneOf(Mapping mapping, in Dtm dtm, int leaf)
    {
        if (dtm.Zone is { } own) return own;
        if (mapping.Zone.Offset is { } offset) mapping.Notes.Add(leaf, mapping.Zone.Note);
        return mapping.Zone.Offset;
    }

    private static FhirText WriteDate(FhirArena arena, in Dtm dtm) => arena.Commit(dtm.WriteDate(arena.Reserve(10)));

    private static FhirText WriteFull(FhirArena arena, in Dtm dtm, string zone)
    {
        var room = arena.Reserve(32 + dtm.Fraction.Length);
        var length = dtm.WriteDate(room);
        room[length++] = (byte)'T';
        length += dtm.WriteTime(room[length..]);
        length += Encoding.ASCII.GetBytes(zone, room[length..]);
        return arena.Commit(length);
    }
}
