using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Registry;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>Whose keys seal what a source sent: its provider's, as registered now. For the writer's thread only.</summary>
internal sealed class ProviderOfSource(sqlite3 connection, Func<RegistryEntries> registered)
{
    /// <summary>What no registered source sent.</summary>
    public const string Nobody = "";

    private readonly Statement text = new(connection, "SELECT value FROM symbol WHERE num = ?1");
    private readonly Dictionary<long, string> sources = [];

    public string Of(string? sourceId) => sourceId is not null && registered().SourceById.TryGetValue(sourceId, out var source) ? source.ProviderId : Nobody;

    /// <param name="source">Symbol of the source, 0 for none.</param>
    public string Of(long source)
    {
        if (source == 0) return Nobody;
        if (!sources.TryGetValue(source, out var id))
        {
            if (!text.Bind(1, source).Step()) return Nobody;
            id = text.Id(0);
            text.Reset();
            // A symbol that a rollback takes back may be given to another text: only registered sources are remembered, and their number is small.
            if (registered().SourceById.ContainsKey(id)) sources[source] = id;
        }

        return Of(id);
    }

    public void RolledBack() => sources.Clear();
}
