using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;

/// <inheritdoc/>
internal sealed class StudyStore(SqliteStore store) : IStudyStore
{
    private const int RowOverhead = 128;

    private const string Gathering = """
        SELECT (SELECT value FROM symbol WHERE num = g.source), st.uid, g.newest, g.newest_at
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study WHERE g.newest > g.announced
        """;

    private const string OfSource = "(SELECT num FROM symbol WHERE value = ?2)";

    // A control id of a manifest is UID#REVISION.
    private static readonly string Reports = StoredRows.Current($"""
        r.person = (SELECT num FROM symbol WHERE value = ?2) AND r.type = (SELECT num FROM symbol WHERE value = 'DiagnosticReport')
        AND (EXISTS (SELECT 1 FROM deposit d WHERE d.id = r.deposit AND d.message_type = (SELECT num FROM symbol WHERE value = ?3) AND d.control_id > ?1 || '#' AND d.control_id < ?1 || '$')
          OR r.num IN (SELECT b.resource FROM imaging_study st JOIN imaging_gathering g ON g.study = st.num JOIN accession a ON a.resource = g.resource
            JOIN accession b ON b.number = a.number JOIN resource o ON o.num = a.resource JOIN resource h ON h.num = b.resource
            WHERE st.uid = ?1 AND o.person = h.person AND {JoinedRows.ProviderOf("o")} = {JoinedRows.ProviderOf("h")}))
        ORDER BY r.num DESC LIMIT 20
        """);

    public async Task<IReadOnlyList<GatheringStudy>> QuietAsync(DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"{Gathering} AND (g.newest_at <= ?1 OR g.whole_until > g.announced) ORDER BY g.newest_at LIMIT ?2").Bind(1, Time.Of(since)).Bind(2, most);
        var studies = new List<GatheringStudy>();
        while (rows.Step()) studies.Add(Read(rows));
        return studies;
    }

    public async Task<GatheringStudy?> FindAsync(string sourceId, string studyInstanceUid, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare($"{Gathering} AND st.uid = ?1 AND g.source = {OfSource}").Bind(1, studyInstanceUid).BindId(2, sourceId);
        return rows.Step() ? Read(rows) : null;
    }

    /// <exception cref="EHealthPlus.Routing.Contracts.Rejections.RejectedException">Sealed content of a row does not open.</exception>
    public async Task<StudyContent> ReadAsync(GatheringStudy study, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var connection = reader.Connection.Handle!;
        var row = reader.Prepare($"SELECT num, conflicts, patient, attributes FROM imaging_study WHERE uid = ?1 AND source = {OfSource}")
            .Bind(1, study.StudyInstanceUid).BindId(2, study.SourceId);
        if (!row.Step()) throw new InvalidOperationException("The study is not in the index.");
        var number = row.Int64(0);
        var (conflicts, patient, attributes) = (
            row.Int64(1), store.Keys.Open(connection, new(SealedColumn.StudyPatient, number), row.Blob(2)),
            store.Keys.Open(connection, new(SealedColumn.StudyAttributes, number), row.Blob(3)));
        row.Reset();

        var series = new List<StudySeries>();
        var instances = new List<ReadOnlyMemory<byte>>();
        var current = 0L;
        var rows = reader.Prepare($"""
            SELECT s.num, s.attributes, i.num, i.attributes FROM imaging_series s JOIN imaging_instance i ON i.series = s.num
            WHERE s.study = ?1 AND i.num <= ?2 ORDER BY s.number, s.num, i.number, i.num
            """).Bind(1, number).Bind(2, study.Revision);
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.Int64(0) != current)
            {
                current = rows.Int64(0);
                series.Add(new(store.Keys.Open(connection, new(SealedColumn.SeriesAttributes, current), rows.Blob(1)), instances = []));
            }

            instances.Add(InstanceContent.Read(store.Keys.Open(connection, new(SealedColumn.InstanceAttributes, rows.Int64(2)), rows.Blob(3))).Json);
        }

        return new(conflicts, patient, attributes, series);
    }

    /// <exception cref="IOException">The store could not write it.</exception>
    public async Task AnnouncedAsync(GatheringStudy study, CancellationToken cancellationToken)
    {
        var written = await store.Writer.WriteAsync<bool>(
            session =>
            {
                session.Gathering.Announced(study);
                return true;
            },
            RowOverhead);
        written.OrThrow();
    }

    public async Task<bool> IsSupersededAsync(string sourceId, string studyInstanceUid, long revision, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        return reader.Prepare($"""
            SELECT 1 FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study WHERE st.uid = ?1 AND g.source = {OfSource} AND g.announced > ?3
            """).Bind(1, studyInstanceUid).BindId(2, sourceId).Bind(3, revision).Step();
    }

    public async Task<IReadOnlyList<StoredResource>> ReportsAsync(string personId, string studyInstanceUid, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(Reports).Bind(1, studyInstanceUid).BindId(2, personId).BindId(3, StudyManifest.MessageType);
        var stored = new StoredRows(reader, store.Keys);
        var reports = new List<StoredResource>();
        while (rows.Step()) reports.Add(stored.Read(rows));
        return reports;
    }

    public async Task<IReadOnlyList<WaitingStudy>> WaitingAsync(DepositId after, int most, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare("""
            SELECT g.waiting, (SELECT value FROM symbol WHERE num = g.source), st.uid, d.control_id
            FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN deposit d ON d.id = g.waiting JOIN saga ON saga.deposit = g.waiting
            WHERE g.waiting > ?1 AND saga.state = 5 ORDER BY g.waiting LIMIT ?2
            """).Bind(1, after.Value).Bind(2, most);
        var waiting = new List<WaitingStudy>();
        while (rows.Step())
        {
            StudyManifest.TryReadControlId(rows.Text(3), out _, out var revision);
            waiting.Add(new(new(rows.Int64(0)), rows.Id(1), rows.Text(2), revision));
        }

        return waiting;
    }

    private static GatheringStudy Read(Statement row) => new(row.Id(0), row.Text(1), row.Int64(2), Time.At(row.Int64(3)));
}
