using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;

/// <inheritdoc/>
internal sealed class PerformedStepStore(SqliteStore store) : IPerformedStepStore
{
    private const int RowOverhead = 512;
    private const int BytesOfInstance = 96;

    /// <exception cref="RejectedException">Its sealed content does not open.</exception>
    public async Task<PerformedStep?> FindAsync(string sopInstanceUid, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var row = reader.Prepare("""
            SELECT num, (SELECT value FROM symbol WHERE num = source), (SELECT value FROM symbol WHERE num = provider), study_uid, state, version, content
            FROM performed_step WHERE uid = ?1
            """).Bind(1, sopInstanceUid);
        if (!row.Step()) return null;
        var (created, changed, attributes) = StepContent.Read(store.Keys.Open(reader.Connection.Handle!, new(SealedColumn.StepContent, row.Int64(0)), row.Blob(6)));
        return new(sopInstanceUid, row.Id(1), row.Id(2), row.Text(3), (StepState)row.Int32(4), attributes, created, changed, row.Int32(5));
    }

    public async Task<Rejection?> SaveAsync(
        PerformedStep step, IReadOnlyList<ScheduledReference> scheduled, IReadOnlyList<string> instances, AuditEntry audit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = Packed.Pack(StepContent.Write(step.Created.Span, step.Changed.Span, step.Attributes.Span));
        var sources = store.Registered.Sources.Where(source => source.ProviderId == step.ProviderId).Select(source => source.Id).ToList();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (session.PerformedSteps.Save(step, content, scheduled, instances, sources, at) is { } rejection) return rejection;
                session.Audit.Append(audit);
                return true;
            },
            content.Length + RowOverhead + (instances.Count * BytesOfInstance));
        return written.Rejection;
    }
}
