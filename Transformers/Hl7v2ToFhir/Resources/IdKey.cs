using System.Globalization;
using System.Text;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Ids;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>Gathers what makes a resource the same one when it is sent again: source, type, and its business key.</summary>
public sealed class IdKey
{
    private const int Remembered = 512;

    // In bytes. A longer key is no name that comes again; all of them together would hold megabytes.
    private const int LongestRemembered = 512;

    private readonly (byte[]? Key, byte[] Id, UInt128 Number)[] remembered = new (byte[]?, byte[], UInt128)[Remembered];
    private byte[] buffer = new byte[256];
    private int length;
    private int within;
    private string type = "";

    // The wholes that the last parts belonged to, such as the message, its order, its patient and his visit: the latest first.
    private readonly Whole[] wholes = [new(), new(), new(), new()];

    internal IdKey Begin(string sourceId, string type, string? subjectId)
    {
        length = within = 0;
        this.type = type;
        Append(sourceId);
        if (subjectId is not null) Append(subjectId);
        return this;
    }

    /// <summary>Begins with the parts of another key, as <see cref="Parts"/> gave them.</summary>
    internal IdKey Begin(ReadOnlySpan<byte> parts, string type)
    {
        this.type = type;
        length = within = 0;
        Room(parts.Length);
        parts.CopyTo(buffer);
        length = parts.Length;
        return this;
    }

    /// <summary>What was added so far.</summary>
    internal byte[] Parts() => buffer.AsSpan(0, length).ToArray();

    /// <summary>Adds the text of a leaf; an absent one holds its place.</summary>
    public IdKey Add(Value value) => Add(value.Utf8);

    public IdKey Add(ReadOnlySpan<byte> part)
    {
        Room(part.Length + 1);
        part.CopyTo(buffer.AsSpan(length));
        length += part.Length;
        buffer[length++] = StableId.Separator;
        return this;
    }

    /// <summary>Adds each leaf of a value, with its place.</summary>
    public IdKey AddAll(Value value)
    {
        for (var leaf = value.From; leaf < value.Until; leaf++)
        {
            if (!value.Mapping.Leaves.IsValued(leaf)) continue;
            ref readonly var at = ref value.Mapping.Leaves[leaf];
            Room(2);
            buffer[length++] = (byte)at.Component;
            buffer[length++] = (byte)at.Subcomponent;
            Add(value.Mapping.Leaves.Utf8(leaf));
        }

        return this;
    }

    public IdKey Add(string part)
    {
        Append(part);
        return this;
    }

    /// <summary>
    /// What was added so far names what the resource is part of, such as an order; what is added from here on, and the type, tell the
    /// parts apart. The parts then share the first half of their ids, and the costly hash over it is made once for all of them.
    /// </summary>
    public IdKey Within()
    {
        within = length;
        return this;
    }

    internal FhirText Write(FhirArena arena, out UInt128 number)
    {
        var untyped = length;
        Append(type);
        var id = within == 0 ? WriteWhole(arena, out number) : WritePart(arena, out number);
        length = untyped;
        return id;
    }

    /// <summary>The id of the key with a number behind it; the key stays without.</summary>
    internal FhirText WriteNumbered(FhirArena arena, int again, out UInt128 number)
    {
        var unnumbered = length;
        Append(again.ToString(CultureInfo.InvariantCulture));
        var id = Write(arena, out number);
        length = unnumbered;
        return id;
    }

    /// <summary>
    /// The same for what many messages name: a doctor, a ward, a sending system. Their ids are remembered, for to make one costs as much
    /// as to build fifty elements.
    /// </summary>
    internal FhirText WriteRemembered(FhirArena arena, out UInt128 number)
    {
        Append(type);
        if (length > LongestRemembered) return WriteWhole(arena, out number);
        var key = buffer.AsSpan(0, length);
        var hash = new HashCode();
        hash.AddBytes(key);
        ref var slot = ref remembered[hash.ToHashCode() & (Remembered - 1)];
        if (slot.Key is null || !key.SequenceEqual(slot.Key))
        {
            var id = new byte[StableId.Length];
            slot = (key.ToArray(), id, StableId.Write(key, id));
        }

        number = slot.Number;
        return arena.Write(slot.Id);
    }

    private FhirText WriteWhole(FhirArena arena, out UInt128 number)
    {
        number = StableId.Write(buffer.AsSpan(0, length), arena.Reserve(StableId.Length));
        return arena.Commit(StableId.Length);
    }

    private FhirText WritePart(FhirArena arena, out UInt128 number)
    {
        var whole = WholeOf(buffer.AsSpan(0, within));
        var room = arena.Reserve(StableId.PartLength);
        whole.Id.CopyTo(room);
        number = whole.Number ^ StableId.WritePart(buffer.AsSpan(within, length - within), room[StableId.Length..]);
        return arena.Commit(StableId.PartLength);
    }

    private Whole WholeOf(ReadOnlySpan<byte> key)
    {
        var at = 0;
        while (at < wholes.Length - 1 && !wholes[at].Is(key)) at++;
        var whole = wholes[at];
        if (at == wholes.Length - 1 && !whole.Is(key)) whole.Set(key);
        if (at == 0) return whole;
        Array.Copy(wholes, 0, wholes, 1, at);
        return wholes[0] = whole;
    }

    private void Append(string part)
    {
        Room((part.Length * 3) + 1);
        length += Encoding.UTF8.GetBytes(part, buffer.AsSpan(length));
        buffer[length++] = StableId.Separator;
    }

    private void Room(int more)
    {
        if (buffer.Length - length < more) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + more));
    }

    private sealed class Whole
    {
        private byte[] key = [];
        private int length;

        public byte[] Id { get; } = new byte[StableId.Length];

        public UInt128 Number { get; private set; }

        public bool Is(ReadOnlySpan<byte> other) => other.SequenceEqual(key.AsSpan(0, length));

        public void Set(ReadOnlySpan<byte> of)
        {
            if (key.Length < of.Length) key = new byte[Math.Max(of.Length, 256)];
            of.CopyTo(key);
            length = of.Length;
            Number = StableId.Write(of, Id);
        }
    }
}
