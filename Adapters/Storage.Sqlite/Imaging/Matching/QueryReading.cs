using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Matching;

/// <summary>
/// Answers one query, row by row. What is sealed of a study or series is opened once for all rows under it, and of rows that are passed over only where a
/// key has to be matched with it. What several sources sent of one citizen's study or series is one match: as the first of them that matches states it, with
/// what all of them sent counted. Under another citizen the same UID is a match of its own.
/// </summary>
internal sealed class QueryReading(Reader reader, KeyRing keys, QueryPlan plan)
{
    private const string StudyColumns = "st.num, st.uid, st.patient_id, st.issuer, st.provider, st.person, st.state, st.patient, st.attributes";

    private readonly SymbolMemo symbols = new(reader);
    private readonly HashSet<(string Study, string Series, long Person)> told = [];
    private (long Study, ReadOnlyMemory<byte> Patient, ReadOnlyMemory<byte> Attributes, bool OfMoreSources) study = (-1, default, default, false);
    private (long Series, ReadOnlyMemory<byte> Attributes) series = (-1, default);
    private (string Id, string Issuer, long Provider, long? Person)? patient;

    /// <exception cref="RejectedException">Sealed content does not open.</exception>
    public List<ImagingMatch> Run(int skip, int count, CancellationToken cancellationToken)
    {
        var rows = reader.Prepare($"SELECT {Columns} {plan.From}");
        plan.Bind(rows);
        var matches = new List<ImagingMatch>();
        while (matches.Count < count && rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (plan.Level == QueryLevel.Patient && IsSamePatient(rows)) continue;
            var once = OnceFor(rows);
            if (once is { } known && told.Contains(known)) continue;
            var json = skip > 0 && plan.Rest.Count == 0 ? null : Json(rows);
            if (plan.Rest.Count > 0 && !AttributeMatcher.Matches(plan.Rest, json!)) continue;
            if (plan.Level == QueryLevel.Patient) patient = PatientOf(rows);
            if (once is { } matched) told.Add(matched);
            if (skip-- > 0) continue;
            matches.Add(Match(rows, json!));
        }

        rows.Reset();
        return matches;
    }

    private string Columns => plan.Level switch
    {
        QueryLevel.Series => StudyColumns + ", s.num, s.uid, s.instances, s.attributes",
        QueryLevel.Instance => StudyColumns + ", s.num, s.uid, s.instances, s.attributes, i.num, i.uid, i.attributes, CASE WHEN i.num <= st.decided_until THEN st.state ELSE 1 END, i.provider",
        _ => StudyColumns,
    };

    /// <summary>Null where each row is a match of its own: what is filed under nobody is not told to readers.</summary>
    private (string Study, string Series, long Person)? OnceFor(Statement row) => plan.Level switch
    {
        QueryLevel.Study when row.Int64OrNull(5) is { } person => (row.Text(1), "", person),
        QueryLevel.Series when row.Int64OrNull(5) is { } person => (row.Text(1), row.Text(10), person),
        _ => null,
    };

    /// <summary>Studies of a patient stand together; those without a number are each a patient's own.</summary>
    private bool IsSamePatient(Statement row) => patient is { } before && before.Id.Length > 0 && before == PatientOf(row);

    private static (string Id, string Issuer, long Provider, long? Person) PatientOf(Statement row) =>
        (row.Text(2), row.Text(3), row.Int64(4), row.Int64OrNull(5));

    private List<ReadOnlyMemory<byte>> Json(Statement row)
    {
        var connection = reader.Connection.Handle!;
        if (study.Study != row.Int64(0))
        {
            study = (row.Int64(0), keys.Open(connection, new(SealedColumn.StudyPatient, row.Int64(0)), row.Blob(7)),
                plan.Level == QueryLevel.Patient ? default : WithCounts(row, keys.Open(connection, new(SealedColumn.StudyAttributes, row.Int64(0)), row.Blob(8))),
                plan.Level >= QueryLevel.Series && IsOfMoreSources(row));
        }

        var json = new List<ReadOnlyMemory<byte>>(4) { study.Patient };
        if (plan.Level >= QueryLevel.Study) json.Add(study.Attributes);
        if (plan.Level >= QueryLevel.Series) json.Add(Series(row));
        if (plan.Level == QueryLevel.Instance) json.Add(InstanceContent.Read(keys.Open(connection, new(SealedColumn.InstanceAttributes, row.Int64(13)), row.Blob(15))).Json);
        return json;
    }

    private ReadOnlyMemory<byte> Series(Statement row)
    {
        if (series.Series == row.Int64(9)) return series.Attributes;
        var opened = keys.Open(reader.Connection.Handle!, new(SealedColumn.SeriesAttributes, row.Int64(9)), row.Blob(12));
        series = (row.Int64(9), DicomJson.With(opened, (Keyword.NumberOfSeriesRelatedInstances, "IS", [study.OfMoreSources ? CountOfSeries(row) : row.Int64(11)])));
        return series.Attributes;
    }

    private bool IsOfMoreSources(Statement row)
    {
        var other = reader.Prepare("SELECT 1 FROM imaging_study WHERE uid = ?1 AND person = ?2 AND num <> ?3").Bind(1, row.Text(1)).Bind(2, row.Int64OrNull(5)).Bind(3, row.Int64(0));
        var found = other.Step();
        other.Reset();
        return found;
    }

    private long CountOfSeries(Statement row)
    {
        var count = reader.Prepare("SELECT sum(s.instances) FROM imaging_study st JOIN imaging_series s ON s.study = st.num WHERE st.uid = ?1 AND st.person = ?2 AND s.uid = ?3")
            .Bind(1, row.Text(1)).Bind(2, row.Int64OrNull(5)).Bind(3, row.Text(10));
        count.Step();
        var instances = count.Int64(0);
        count.Reset();
        return instances;
    }

    private byte[] WithCounts(Statement row, byte[] attributes)
    {
        var rows = reader.Prepare("""
            SELECT modality, count(DISTINCT uid), sum(instances) FROM imaging_series
            WHERE study IN (SELECT ?1 UNION SELECT num FROM imaging_study WHERE uid = ?2 AND person = ?3) GROUP BY modality ORDER BY modality
            """).Bind(1, row.Int64(0)).Bind(2, row.Text(1)).Bind(3, row.Int64OrNull(5));
        var (modalities, ofSeries, ofInstances) = (new List<object>(), 0L, 0L);
        while (rows.Step())
        {
            if (rows.Text(0) is { Length: > 0 } modality) modalities.Add(modality);
            ofSeries += rows.Int64(1);
            ofInstances += rows.Int64(2);
        }

        return DicomJson.With(
            attributes, (Keyword.ModalitiesInStudy, "CS", modalities), (Keyword.NumberOfStudyRelatedSeries, "IS", [ofSeries]),
            (Keyword.NumberOfStudyRelatedInstances, "IS", [ofInstances]));
    }

    private ImagingMatch Match(Statement row, List<ReadOnlyMemory<byte>> json)
    {
        var key = plan.Level switch
        {
            QueryLevel.Patient => new InstanceKey("", "", ""),
            QueryLevel.Study => new(row.Text(1), "", ""),
            QueryLevel.Series => new(row.Text(1), row.Text(10), ""),
            _ => new(row.Text(1), row.Text(10), row.Text(14)),
        };
        var (provider, state) = plan.Level == QueryLevel.Instance ? (row.Int64(17), row.Int32(16)) : (row.Int64(4), row.Int32(6));
        return new(key, symbols.OfOptional(row.Int64OrNull(5)), symbols.Of(provider), (InstanceState)state, json);
    }
}
