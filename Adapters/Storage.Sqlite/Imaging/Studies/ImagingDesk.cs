using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;

/// <inheritdoc/>
internal sealed class ImagingDesk(SqliteStore store) : IImagingDesk
{
    private const int RowOverhead = 256;

    public Task<IReadOnlyList<ImagingLine>> ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        ReadAsync(mismatch, DeskLines.Open(mismatch), sourceId, before, most, cancellationToken);

    public Task<IReadOnlyList<ImagingLine>> DismissedAsync(ImagingMismatch mismatch, string? sourceId, int most, CancellationToken cancellationToken) =>
        DeskLines.Dismissed(mismatch) is { } dismissed
            ? ReadAsync(mismatch, dismissed, sourceId, DateTimeOffset.MaxValue, most, cancellationToken)
            : Task.FromResult<IReadOnlyList<ImagingLine>>([]);

    public async Task<ImagingLine?> FindAsync(ImagingMismatch mismatch, long number, CancellationToken cancellationToken)
    {
        if (DeskLines.One(mismatch) is not { } one) return null;
        using var reader = await store.ReadAsync(cancellationToken);
        return Lines(mismatch, reader, reader.Prepare(one).Bind(1, Time.Of(DateTimeOffset.MaxValue)).BindNull(2).Bind(3, 1).Bind(4, number)) is [var line] ? line : null;
    }

    public async Task<Rejection?> DismissAsync(
        ImagingMismatch mismatch, long number, string known, ImagingDismissal dismissal, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (session.Dismissals.Dismiss(mismatch, number, known, dismissal) is { } rejection) return rejection;
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead + dismissal.Note.Length);
        return written.Rejection;
    }

    public async Task<Rejection?> BringBackAsync(ImagingMismatch mismatch, long number, AuditEntry audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                if (!session.Dismissals.BringBack(mismatch, number)) return new Rejection(RejectionCode.ResourceNotFound, "It is not dismissed", null, "此項目未被略過");
                session.Audit.Append(audit);
                return true;
            },
            RowOverhead);
        return written.Rejection;
    }

    private async Task<IReadOnlyList<ImagingLine>> ReadAsync(
        ImagingMismatch mismatch, string lines, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(lines).Bind(1, Time.Of(before)).Bind(3, most);
        return Lines(mismatch, reader, sourceId is null ? rows.BindNull(2) : rows.BindId(2, sourceId));
    }

    private static List<ImagingLine> Lines(ImagingMismatch mismatch, Reading.Reader reader, Statement rows)
    {
        var symbols = new SymbolMemo(reader);
        var lines = new List<ImagingLine>();
        while (rows.Step())
        {
            lines.Add(new(
                mismatch, Time.At(rows.Int64(0)), symbols.Of(rows.Int64(1)), rows.Text(2), rows.TextOrNull(3), rows.Int32(4), rows.Int32(5),
                rows.Int64OrNull(6) is { } deposit ? new(deposit) : null, (DepositState?)rows.Int64OrNull(7), (RejectionCode?)rows.Int64OrNull(8), rows.Int64(9),
                rows.Text(10), rows.Int64OrNull(11) is { } at ? new(Time.At(at), rows.Text(12), (DismissalReason)rows.Int32(13), rows.Text(14)) : null));
        }

        return lines;
    }
}
