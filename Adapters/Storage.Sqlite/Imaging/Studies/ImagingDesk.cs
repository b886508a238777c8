using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;

/// <inheritdoc/>
internal sealed class ImagingDesk(SqliteStore store) : IImagingDesk
{
    // Columns: at, source, accession, study, instances, missing, deposit, state, rejection.
    private static readonly string Waiting = $"""
        SELECT d.received_at, g.source, '', st.uid, {KeptOf("g.study", "i.source = g.source")}, 0, g.waiting, sa.state, sa.rejection
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN deposit d ON d.id = g.waiting JOIN saga sa ON sa.deposit = g.waiting
        WHERE g.waiting IS NOT NULL AND d.received_at < ?1 AND {Of("g.source")}
        ORDER BY g.waiting LIMIT ?3
        """;

    // An order whose step was discontinued has no images to come.
    private static readonly string Orders = $"""
        SELECT coalesce(w.start, d.received_at) AS at, d.source, coalesce(a.number, ''), NULL, 0, 0, r.deposit, 3, NULL
        FROM (SELECT resource FROM accession UNION SELECT resource FROM worklist) o JOIN resource r ON r.num = o.resource JOIN deposit d ON d.id = r.deposit
          LEFT JOIN accession a ON a.resource = r.num LEFT JOIN worklist w ON w.resource = r.num
        WHERE r.type = {Type("ServiceRequest")} AND r.person > 0 AND coalesce(w.start, d.received_at) < ?1 AND {Of("d.source")}
          AND coalesce((SELECT value FROM symbol WHERE num = r.status), '') NOT IN ('revoked', 'entered-in-error') AND coalesce(w.state, 1) <> 4
          AND NOT EXISTS (SELECT 1 FROM accession b JOIN resource q ON q.num = b.resource WHERE b.number = a.number AND q.person = r.person AND q.type = {Type("ImagingStudy")})
          AND NOT EXISTS (SELECT 1 FROM imaging_study st JOIN imaging_gathering g ON g.study = st.num WHERE st.uid = w.study_uid AND g.person = r.person)
        ORDER BY at, r.num LIMIT ?3
        """;

    private static readonly string Images = $"""
        SELECT d.received_at, g.source, coalesce(a.number, ''), st.uid, {KeptOf("g.study", "i.source = g.source")}, 0, r.deposit, 3, NULL
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN resource r ON r.num = g.resource JOIN deposit d ON d.id = r.deposit
          LEFT JOIN accession a ON a.resource = g.resource
        WHERE g.filed_until > 0 AND d.received_at < ?1 AND {Of("g.source")}
          AND NOT EXISTS (SELECT 1 FROM accession b JOIN resource q ON q.num = b.resource WHERE b.number = a.number AND q.person = r.person AND q.type = {Type("ServiceRequest")})
          AND NOT EXISTS (SELECT 1 FROM worklist w JOIN resource q ON q.num = w.resource WHERE w.study_uid = st.uid AND q.person = r.person)
        ORDER BY r.deposit LIMIT ?3
        """;

    // Of the study, or else of the order that it was made for, the deposit is where somebody who works it begins.
    private static readonly string Missing = $"""
        SELECT p.changed_at, p.source, coalesce(st.accession, a.number, ''), p.study_uid, coalesce({KeptOf("st.num", "1")}, 0), e.missing,
          coalesce((SELECT max(r.deposit) FROM imaging_gathering g JOIN resource r ON r.num = g.resource WHERE g.study = st.num), r.deposit), NULL, NULL
        FROM (SELECT step, count(*) AS missing FROM imaging_expected GROUP BY step) e JOIN performed_step p ON p.num = e.step
          LEFT JOIN imaging_study st ON st.uid = p.study_uid
          LEFT JOIN worklist w ON w.resource = (SELECT min(resource) FROM worklist WHERE study_uid = p.study_uid)
          LEFT JOIN resource r ON r.num = w.resource LEFT JOIN accession a ON a.resource = w.resource
        WHERE p.changed_at < ?1 AND {Of("p.source")}
        ORDER BY p.changed_at, p.num LIMIT ?3
        """;

    public async Task<IReadOnlyList<ImagingLine>> ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(mismatch switch
        {
            ImagingMismatch.StudyWaiting => Waiting,
            ImagingMismatch.OrderWithoutImages => Orders,
            ImagingMismatch.ImagesWithoutOrder => Images,
            ImagingMismatch.InstancesMissing => Missing,
            _ => throw new ArgumentOutOfRangeException(nameof(mismatch), mismatch, "Not a list"),
        }).Bind(1, Time.Of(before)).Bind(3, most);
        if (sourceId is null) rows.BindNull(2);
        else rows.BindId(2, sourceId);
        var (lines, found) = (new List<ImagingLine>(), new List<(long At, long Source, string Accession, string? Study, int Instances, int Missing, long? Deposit, long? State, long? Rejection)>());
        while (rows.Step()) found.Add((rows.Int64(0), rows.Int64(1), rows.Text(2), rows.TextOrNull(3), rows.Int32(4), rows.Int32(5), rows.Int64OrNull(6), rows.Int64OrNull(7), rows.Int64OrNull(8)));
        var symbols = new Index.SymbolMemo(reader);
        foreach (var line in found)
        {
            lines.Add(new(
                mismatch, Time.At(line.At), symbols.Of(line.Source), line.Accession, line.Study, line.Instances, line.Missing, line.Deposit is { } deposit ? new(deposit) : null,
                (DepositState?)line.State,
                (RejectionCode?)line.Rejection));
        }

        return lines;
    }

    private static string Type(string name) => $"(SELECT num FROM symbol WHERE value = '{name}')";

    private static string Of(string source) => $"(?2 IS NULL OR {source} = (SELECT num FROM symbol WHERE value = ?2))";

    private static string KeptOf(string study, string condition) =>
        $"(SELECT count(*) FROM imaging_instance i JOIN imaging_series s ON s.num = i.series WHERE s.study = {study} AND {condition})";
}
