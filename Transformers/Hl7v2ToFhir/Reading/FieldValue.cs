namespace EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

/// <summary>One field with its repetitions.</summary>
public readonly struct FieldValue
{
    private readonly Mapping mapping;
    private readonly int from;
    private readonly int until;

    internal FieldValue(Mapping mapping, int from, int until)
    {
        this.mapping = mapping;
        this.from = from;
        this.until = until;
    }

    public bool HasValue => from < until && new Value(mapping, from, until, Value.Level.Repetition).HasValue;

    /// <summary>Two quotation marks alone: what is known is to be deleted.</summary>
    public bool IsNull => until == from + 1 && mapping.Leaves.IsNull(from);

    /// <summary>The first repetition.</summary>
    public Value First
    {
        get
        {
            if (from == until) return default;
            var leaves = mapping.Leaves;
            var repetition = leaves[from].Repetition;
            var end = until;
            while (leaves[end - 1].Repetition != repetition) end--;
            return new Value(mapping, from, end, Value.Level.Repetition);
        }
    }

    /// <summary>All repetitions as one value: for text that goes to one place.</summary>
    public Value All => new(mapping, from, until, Value.Level.Repetition);

    /// <summary>Number of repetitions that have a value.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var repetition in this)
            {
                if (repetition.HasValue) count++;
            }

            return count;
        }
    }

    public static implicit operator Value(FieldValue field) => field.First;

    public void Drop(Ledger.DropRule rule) => new Value(mapping, from, until, Value.Level.Repetition).Drop(rule);

    public void Note(string reason) => new Value(mapping, from, until, Value.Level.Repetition).Note(reason);

    /// <summary>Maps the first repetition that has a value. FHIR has one place here: the others are carried.</summary>
    public void MapFirst(Action<Value> map)
    {
        var first = true;
        foreach (var repetition in this)
        {
            if (!repetition.HasValue) continue;
            if (first) map(repetition);
            else repetition.Note(Ledger.CarryReason.NoRoom);
            first = false;
        }
    }

    public Enumerator GetEnumerator() => new(mapping, from, until);

    /// <summary>Goes over the repetitions that are there.</summary>
    public struct Enumerator
    {
        private readonly Mapping mapping;
        private readonly int until;
        private int next;

        internal Enumerator(Mapping mapping, int from, int until)
        {
            this.mapping = mapping;
            this.until = until;
            next = from;
            Current = default;
        }

        public Value Current { get; private set; }

        public bool MoveNext()
        {
            if (next >= until) return false;
            var first = next;
            var repetition = mapping.Leaves[first].Repetition;
            while (next < until && mapping.Leaves[next].Repetition == repetition) next++;
            Current = new Value(mapping, first, next, Value.Level.Repetition);
            return true;
        }
    }
}
