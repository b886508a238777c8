using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;

/// <inheritdoc/>
internal sealed class ImagingDesk(SqliteStore store) : IImagingDesk
{
    private const string TypeOf = "(SELECT num FROM symbol WHERE value = '{0}')";

    // Columns: at, source, accession, study, instances, deposit, state, rejection.
    private const string Waiting = """
        SELECT d.received_at, g.source, '', st.uid, (SELECT count(*) FROM imaging_instance i JOIN imaging_series s ON s.num = i.series WHERE s.study = g.study AND i.source = g.source),
          g.waiting, sa.state, sa.rejection
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN deposit d ON d.id = g.waiting JOIN saga sa ON sa.deposit = g.waiting
        WHERE g.waiting IS NOT NULL AND d.received_at < ?1 AND (?2 IS NULL OR g.source = (SELECT num FROM symbol WHERE value = ?2))
        ORDER BY g.waiting LIMIT ?3
        """;

    private static readonly string Orders = $"""
        SELECT d.received_at, d.source, a.number, NULL, 0, r.deposit, 3, NULL
        FROM resource r JOIN accession a ON a.resource = r.num JOIN deposit d ON d.id = r.deposit
        WHERE r.type = {Type("ServiceRequest")} AND r.person > 0 AND d.received_at < ?1 AND (?2 IS NULL OR d.source = (SELECT num FROM symbol WHERE value = ?2))
          AND coalesce((SELECT value FROM symbol WHERE num = r.status), '') NOT IN ('revoked', 'entered-in-error')
          AND NOT EXISTS (SELECT 1 FROM accession b JOIN resource q ON q.num = b.resource WHERE b.number = a.number AND q.person = r.person AND q.type = {Type("ImagingStudy")})
        ORDER BY r.deposit LIMIT ?3
        """;

    private static readonly string Images = $"""
        SELECT d.received_at, g.source, coalesce(a.number, ''), st.uid,
          (SELECT count(*) FROM imaging_instance i JOIN imaging_series s ON s.num = i.series WHERE s.study = g.study AND i.source = g.source), r.deposit, 3, NULL
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN resource r ON r.num = g.resource JOIN deposit d ON d.id = r.deposit
          LEFT JOIN accession a ON a.resource = g.resource
        WHERE g.filed_until > 0 AND d.received_at < ?1 AND (?2 IS NULL OR g.source = (SELECT num FROM symbol WHERE value = ?2))
          AND NOT EXISTS (SELECT 1 FROM accession b JOIN resource q ON q.num = b.resource WHERE b.number = a.number AND q.person = r.person AND q.type = {Type("ServiceRequest")})
        ORDER BY r.deposit LIMIT ?3
        """;

    public async Task<IReadOnlyList<ImagingLine>> ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(mismatch switch
        {
            ImagingMismatch.StudyWaiting => Waiting,
            ImagingMismatch.OrderWithoutImages => Orders,
            ImagingMismatch.ImagesWithoutOrder => Images,
            _ => throw new ArgumentOutOfRangeException(nameof(mismatch), mismatch, "Not a list"),
        }).Bind(1, Time.Of(before)).Bind(3, most);
        if (sourceId is null) rows.BindNull(2);
        else rows.BindId(2, sourceId);
        var (lines, found) = (new List<ImagingLine>(), new List<(long At, long Source, string Accession, string? Study, int Instances, long Deposit, int State, long? Rejection)>());
        while (rows.Step()) found.Add((rows.Int64(0), rows.Int64(1), rows.Text(2), rows.TextOrNull(3), rows.Int32(4), rows.Int64(5), rows.Int32(6), rows.Int64OrNull(7)));
        var symbols = new Index.SymbolMemo(reader);
        foreach (var line in found)
        {
            lines.Add(new(
                mismatch, Time.At(line.At), symbols.Of(line.Source), line.Accession, line.Study, line.Instances, new(line.Deposit), (DepositState)line.State,
                (RejectionCode?)line.Rejection));
        }

        return lines;
    }

    private static string Type(string name) => string.Format(System.Globalization.CultureInfo.InvariantCulture, TypeOf, name);
}
