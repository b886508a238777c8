using System.Collections.Concurrent;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>Numbers of resources by type and id, for readers.</summary>
internal sealed class ResourceNumbers(RecentKeys recent)
{
    // Symbols never change. FHIR has some 150 types; more are texts that a caller made up.
    private const int Capacity = 400;

    private readonly ConcurrentDictionary<string, long> types = new(StringComparer.Ordinal);

    /// <returns>Null where there is no such resource.</returns>
    public long? Find(Reader reader, string type, string id)
    {
        if (TypeOf(reader, type) is not { } number) return null;
        // The memory first: a key leaves it only when the table has it.
        if (RecentKey.Of(number, id) is { } key && recent.TryGet(key, out var resource)) return resource;
        var row = reader.Prepare("SELECT resource FROM resource_key WHERE type = ?1 AND id = ?2").Bind(1, number).BindId(2, id);
        if (!row.Step()) return null;
        resource = row.Int64(0);
        row.Reset();
        return resource;
    }

    private long? TypeOf(Reader reader, string type)
    {
        if (types.TryGetValue(type, out var number)) return number;
        var row = reader.Prepare("SELECT num FROM symbol WHERE value = ?1").Bind(1, type);
        if (!row.Step()) return null;
        number = row.Int64(0);
        row.Reset();
        if (types.Count < Capacity) types[type] = number;
        return number;
    }
}
