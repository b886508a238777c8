using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Terminology;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Terminology;

/// <summary>Adds to the counts of unmapped codes, and keeps the table of one source bounded.</summary>
internal sealed class UnmappedCodeTable(sqlite3 connection, Symbols symbols)
{
    private readonly Statement add = new(connection, """
        INSERT INTO unmapped_code (source, field, code, system, v2_table, count, first_seen, last_seen, example) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (source, field, code, system) DO UPDATE SET count = count + excluded.count,
          first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
        """);
    private readonly Statement known = new(connection, "SELECT 1 FROM unmapped_code WHERE source = ?1 AND field = ?2 AND code = ?3 AND system = ?4");
    private readonly Statement size = new(connection, "SELECT count(*) FROM unmapped_code WHERE source = ?1");
    private readonly Statement forget = new(connection, "DELETE FROM unmapped_code WHERE source = ?1 AND field = ?2 AND code = ?3 AND system = ?4");

    public void Add(IEnumerable<UnmappedCodeCount> counts)
    {
        foreach (var ofSource in counts.GroupBy(count => count.SourceId, StringComparer.Ordinal))
        {
            var source = symbols.Of(ofSource.Key);
            var rows = SizeOf(source);
            foreach (var count in ofSource)
            {
                var (code, system) = (count.Code.Code, count.Code.System);
                if (!IsKnown(source, count.Code))
                {
                    if (rows < IUnmappedCodes.MostOfSource) rows++;
                    else (code, system) = ("", "");
                }

                add.Bind(1, source).Bind(2, count.Code.Field).Bind(3, code).Bind(4, system).Bind(5, count.Code.Table).Bind(6, count.Count)
                    .Bind(7, Time.Of(count.FirstSeen)).Bind(8, Time.Of(count.LastSeen)).Bind(9, count.Example.Value).Run();
            }
        }
    }

    public void Forget(string sourceId, IEnumerable<UnmappedCode> codes)
    {
        var source = symbols.Of(sourceId);
        foreach (var code in codes) forget.Bind(1, source).Bind(2, code.Field).Bind(3, code.Code).Bind(4, code.System).Run();
    }

    private bool IsKnown(long source, UnmappedCode code)
    {
        var found = known.Bind(1, source).Bind(2, code.Field).Bind(3, code.Code).Bind(4, code.System).Step();
        known.Reset();
        return found;
    }

    private long SizeOf(long source)
    {
        size.Bind(1, source).Step();
        var rows = size.Int64(0);
        size.Reset();
        return rows;
    }
}
