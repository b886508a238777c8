namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>
/// Numbers of resources by key, hundreds of thousands of them: entries in blocks and a table of places, because a dictionary that grows
/// leaves its former arrays behind, and they were a third of the hub's memory. Keys are never removed one by one.
/// </summary>
internal sealed class RecentKeyMap
{
    // 40 KB a block: below the size from which on the runtime keeps arrays apart and seldom frees them.
    private const int BlockLength = 1024;

    private readonly List<Entry[]> blocks = [];
    private int[] places = new int[1024];

    private record struct Entry(RecentKey Key, long Number);

    public int Count { get; private set; }

    public (RecentKey Key, long Number) this[int index]
    {
        get
        {
            ref var entry = ref At(index);
            return (entry.Key, entry.Number);
        }
    }

    public bool TryGet(RecentKey key, out long number)
    {
        var place = places[PlaceOf(key)];
        number = place > 0 ? At(place - 1).Number : 0;
        return place > 0;
    }

    public void Set(RecentKey key, long number)
    {
        var place = PlaceOf(key);
        if (places[place] > 0)
        {
            At(places[place] - 1).Number = number;
            return;
        }

        if (Count == blocks.Count * BlockLength) blocks.Add(new Entry[BlockLength]);
        At(Count) = new(key, number);
        places[place] = ++Count;
        if (Count * 2 > places.Length) Grow();
    }

    /// <summary>Indexes of the entries in the order of their keys.</summary>
    public int[] InOrder()
    {
        var order = new int[Count];
        for (var index = 0; index < order.Length; index++) order[index] = index;
        Array.Sort(order, (left, right) => At(left).Key.CompareTo(At(right).Key));
        return order;
    }

    /// <summary>Forgets all keys and keeps the memory for the next.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(places);
    }

    private ref Entry At(int index) => ref blocks[index / BlockLength][index % BlockLength];

    /// <summary>Where the key is, or would be.</summary>
    private int PlaceOf(RecentKey key)
    {
        var mask = places.Length - 1;
        // The ids are hashes themselves: their bits are spread evenly.
        var place = (int)(key.Low ^ key.Part ^ (ulong)key.Type) & mask;
        while (places[place] > 0 && At(places[place] - 1).Key != key) place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        places = new int[places.Length * 2];
        for (var index = 0; index < Count; index++) places[PlaceOf(At(index).Key)] = index + 1;
    }
}
