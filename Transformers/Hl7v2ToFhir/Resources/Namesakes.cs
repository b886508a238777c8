using System.Runtime.InteropServices;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// The relatives of the patient that the walk is at (NK1, GT1, IN1) by their names, read once for each PID: a message may tell of thousands.
/// </summary>
internal sealed class Namesakes(Mapping mapping)
{
    private const int MostKept = 1024;
    private const int Unread = -1;

    private readonly Dictionary<SegmentValue, OfOneName> names = new(new SamePerson(withBirthDate: false));
    // First number of each name with each birth date.
    private readonly Dictionary<SegmentValue, Value> numbers = new(new SamePerson(withBirthDate: true));
    private int read = Unread;

    internal void Clear()
    {
        read = Unread;
        names.Clear();
        numbers.Clear();
        if (names.Capacity > MostKept) names.TrimExcess();
        if (numbers.Capacity > MostKept) numbers.TrimExcess();
    }

    /// <summary>The first number that another segment states of somebody of that name whose birth date does not differ; no value where none does.</summary>
    public Value NumberOf(SegmentValue segment)
    {
        Read();
        if (!names.TryGetValue(segment, out var known)) return default;
        if (RelatedPersonKey.BirthDateOf(segment).Utf8.IsEmpty) return known.Number;
        if (!numbers.TryGetValue(segment, out var dated)) return known.Undated;
        return known.Undated.Until > 0 && known.Undated.From < dated.From ? known.Undated : dated;
    }

    /// <summary>True where somebody of that name has another birth date.</summary>
    public bool AreSeveral(SegmentValue segment)
    {
        Read();
        var day = RelatedPersonKey.BirthDateOf(segment);
        return !day.Utf8.IsEmpty && names.TryGetValue(segment, out var known) && (known.Differ || (known.Day.Until > 0 && !known.Day.Is(day.Utf8)));
    }

    private void Read()
    {
        var pid = mapping.Pid.Index;
        if (read == pid) return;
        Clear();
        read = pid;
        SegmentValue first = default;
        for (var at = pid + 1; at < mapping.Segments.Count && mapping.Segments[at].Name != "PID"; at++)
        {
            var segment = mapping.Segments[at];
            if (segment.Name is not ("NK1" or "GT1" or "IN1")) continue;
            // Most patients have one relative, who has no namesake.
            if (!first.Exists)
            {
                first = segment;
                continue;
            }

            if (names.Count == 0) Add(first);
            Add(segment);
        }
    }

    private void Add(SegmentValue segment)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(names, segment, out _);
        var (number, day) = (RelatedPersonKey.NumberOf(segment), RelatedPersonKey.BirthDateOf(segment));
        var dated = !day.Utf8.IsEmpty;
        if (dated)
        {
            known.Differ |= known.Day.Until > 0 && !known.Day.Is(day.Utf8);
            if (known.Day.Until == 0) known.Day = day;
        }

        if (number[1].Leaf < 0) return;
        if (known.Number.Until == 0) known.Number = number;
        if (dated) numbers.TryAdd(segment, number);
        else if (known.Undated.Until == 0) known.Undated = number;
    }

    /// <param name="Day">The first birth date; <paramref name="Differ"/> where another is not the same.</param>
    /// <param name="Number">The first number; <paramref name="Undated"/> the first one beside which no birth date stands.</param>
    private record struct OfOneName(Value Day, bool Differ, Value Number, Value Undated);

    private sealed class SamePerson(bool withBirthDate) : IEqualityComparer<SegmentValue>
    {
        public bool Equals(SegmentValue x, SegmentValue y)
        {
            var (one, other) = (RelatedPersonKey.NameOf(x), RelatedPersonKey.NameOf(y));
            return one[1][1].Is(other[1][1].Utf8) && one[2].Is(other[2].Utf8) && one[3].Is(other[3].Utf8)
                && (!withBirthDate || RelatedPersonKey.BirthDateOf(x).Is(RelatedPersonKey.BirthDateOf(y).Utf8));
        }

        public int GetHashCode(SegmentValue obj)
        {
            var (hash, name) = (new HashCode(), RelatedPersonKey.NameOf(obj));
            hash.AddBytes(name[1][1].Utf8);
            hash.AddBytes(name[2].Utf8);
            hash.AddBytes(name[3].Utf8);
            if (withBirthDate) hash.AddBytes(RelatedPersonKey.BirthDateOf(obj).Utf8);
            return hash.ToHashCode();
        }
    }
}
