using System.Globalization;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <inheritdoc/>
internal sealed class AuditReader(SqliteStore store, TimeProvider clock) : IAuditReader
{
    private const string SymbolOf = "(SELECT num FROM symbol WHERE value = ?{0})";

    public async Task<AuditCheckpoint> HeadAsync(CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("SELECT num, hash FROM audit ORDER BY num DESC LIMIT 1");
        return row.Step() ? new(row.Int64(0), row.Blob(1).ToArray(), clock.GetUtcNow()) : new(0, AuditChain.Start(), clock.GetUtcNow());
    }

    public async Task<IReadOnlyList<AuditRecord>> AfterAsync(long number, IReadOnlyList<string> but, int count, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var sql = new StringBuilder(AuditRows.Select).Append(" WHERE a.num > ?1");
        for (var at = 0; at < but.Count; at++)
            sql.Append(CultureInfo.InvariantCulture, $" AND a.action IS NOT (SELECT num FROM symbol WHERE value = ?{at + 3})");
        var rows = reader.Prepare(sql.Append(" ORDER BY a.num LIMIT ?2").ToString()).Bind(1, number).Bind(2, count);
        for (var at = 0; at < but.Count; at++) rows.BindId(at + 3, but[at]);
        return ReadAll(rows);
    }

    public async Task<IReadOnlyList<AuditRecord>> SearchAsync(AuditSearch search, CancellationToken cancellationToken)
    {
        var conditions = new List<string>();
        var binds = new List<Action<Statement, int>>();
        Add(search.PersonId is not null, $"a.person = {SymbolOf}", (statement, at) => statement.BindId(at, search.PersonId!));
        Add(search.Actor is not null, $"a.actor = {SymbolOf}", (statement, at) => statement.BindId(at, search.Actor!));
        Add(search.ProviderId is not null, $"c.provider = {SymbolOf}", (statement, at) => statement.BindId(at, search.ProviderId!));
        Add(search.Permitted is not null, "a.permitted = ?{0}", (statement, at) => statement.Bind(at, search.Permitted == true ? 1 : 0));
        Add(search.From is not null, "a.at >= ?{0}", (statement, at) => statement.Bind(at, Time.Of(search.From!.Value)));
        Add(search.Until is not null, "a.at < ?{0}", (statement, at) => statement.Bind(at, Time.Of(search.Until!.Value)));
        Add(search.Before is not null, "a.num < ?{0}", (statement, at) => statement.Bind(at, search.Before));
        if (search.Actions is { } actions)
        {
            var first = binds.Count + 1;
            conditions.Add($"a.action IN ({string.Join(", ", actions.Select((_, at) => string.Format(CultureInfo.InvariantCulture, SymbolOf, first + at)))})");
            binds.AddRange(actions.Select(action => (Action<Statement, int>)((statement, at) => statement.BindId(at, action))));
        }

        using var reader = await store.ReadAsync(cancellationToken);
        var where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
        var rows = reader.Prepare(string.Create(CultureInfo.InvariantCulture, $"{AuditRows.Select}{where} ORDER BY a.num DESC LIMIT ?{binds.Count + 1}"));
        for (var at = 0; at < binds.Count; at++) binds[at](rows, at + 1);
        return ReadAll(rows.Bind(binds.Count + 1, search.Count));

        void Add(bool asked, string condition, Action<Statement, int> bind)
        {
            if (!asked) return;
            binds.Add(bind);
            conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, binds.Count));
        }
    }

    public async Task<AuditRecord?> GetAsync(long number, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(AuditRows.Select + " WHERE a.num = ?1").Bind(1, number);
        return rows.Step() ? AuditRows.Read(rows) : null;
    }

    private static List<AuditRecord> ReadAll(Statement rows)
    {
        var records = new List<AuditRecord>();
        while (rows.Step()) records.Add(AuditRows.Read(rows));
        return records;
    }
}
