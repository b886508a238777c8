using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Matching;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Imaging.Matching;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>
/// Writes studies and series, those of each source for themselves. What an instance says of its patient, study and series is written when it differs from what
/// its series' instance before said, and from what stands there: the last one holds, and what it leaves empty takes nothing away. But an instance that names another patient number or accession number changes
/// nothing of the study, and is counted as a conflict: whose images these are was decided by what stands there. For the writer's thread only.
/// </summary>
internal sealed class StudyTable(sqlite3 connection, Symbols symbols, Sealer sealer, KeyRing ring)
{
    private readonly Statement findStudy = new(connection, "SELECT num, patient_id, issuer, accession, hash FROM imaging_study WHERE uid = ?1 AND source = ?2");
    private readonly Statement findSeries = new(connection, "SELECT num, hash FROM imaging_series WHERE study = ?1 AND uid = ?2");
    private readonly Statement nextStudy = new(connection, "SELECT coalesce(max(num), 0) + 1 FROM imaging_study");
    private readonly Statement nextSeries = new(connection, "SELECT coalesce(max(num), 0) + 1 FROM imaging_series");
    private readonly Statement addStudy = new(connection, """
        INSERT INTO imaging_study (num, uid, source, provider, patient_id, issuer, name, name_ideographic, name_phonetic, accession, date, state, decided_until,
          conflicts, hash, patient, attributes)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, 0, 0, ?12, x'', x'')
        """);
    private readonly Statement changeStudy = new(connection, """
        UPDATE imaging_study SET patient_id = ?2, issuer = ?3, name = ?4, name_ideographic = ?5, name_phonetic = ?6, accession = ?7, date = ?8, hash = ?9 WHERE num = ?1
        """);
    private readonly Statement readStudy = new(connection, "SELECT patient, attributes FROM imaging_study WHERE num = ?1");
    private readonly Statement readSeries = new(connection, "SELECT attributes FROM imaging_series WHERE num = ?1");
    private readonly Statement sealPatient = new(connection, "UPDATE imaging_study SET patient = ?2 WHERE num = ?1");
    private readonly Statement sealStudy = new(connection, "UPDATE imaging_study SET attributes = ?2 WHERE num = ?1");
    private readonly Statement conflict = new(connection, "UPDATE imaging_study SET conflicts = conflicts + ?2 WHERE num = ?1");
    private readonly Statement addSeries = new(connection, """
        INSERT INTO imaging_series (num, study, uid, source, modality, number, instances, hash, attributes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8)
        """);
    private readonly Statement changeSeries = new(connection, "UPDATE imaging_series SET modality = iif(?2 = '', modality, ?2), number = coalesce(?3, number), hash = ?4, attributes = ?5 WHERE num = ?1");
    private readonly Statement count = new(connection, "UPDATE imaging_series SET instances = instances + ?2 WHERE num = ?1");
    private readonly SeriesPlaces places = new();
    private readonly Dictionary<long, int> counts = [];
    private readonly Dictionary<long, int> conflicts = [];

    /// <summary>Finds or makes study and series, and counts the instance.</summary>
    public SeriesPlace Place(InstanceRow row)
    {
        var place = places.Find(row) ?? places.Keep(row, Find(row));
        if (place.StudyHash != row.StudyHash) place = ChangeStudy(place, row);
        if (place.SeriesHash != row.SeriesHash) place = ChangeSeries(place, row);
        counts[place.Series] = counts.GetValueOrDefault(place.Series) + 1;
        return place;
    }

    /// <summary>Writes what was only added up so far.</summary>
    public void Write()
    {
        foreach (var (series, instances) in counts) count.Bind(1, series).Bind(2, instances).Run();
        foreach (var (study, instances) in conflicts) conflict.Bind(1, study).Bind(2, instances).Run();
        counts.Clear();
        conflicts.Clear();
    }

    public void RolledBack()
    {
        places.Clear();
        counts.Clear();
        conflicts.Clear();
    }

    private SeriesPlace Find(InstanceRow row)
    {
        var study = FindStudy(row) ?? AddStudy(row);
        if (!findSeries.Bind(1, study.Study).Bind(2, row.Key.SeriesInstanceUid).Step()) return AddSeries(study, row);
        var place = study with { Series = findSeries.Int64(0), SeriesHash = findSeries.Int64(1) };
        findSeries.Reset();
        return place;
    }

    private SeriesPlace? FindStudy(InstanceRow row)
    {
        if (!findStudy.Bind(1, row.Key.StudyInstanceUid).Bind(2, symbols.Of(row.Entry.SourceId)).Step()) return null;
        var study = new SeriesPlace(findStudy.Int64(0), findStudy.Text(1), findStudy.Text(2), findStudy.Text(3), findStudy.Int64(4), 0, 0);
        findStudy.Reset();
        return study;
    }

    private SeriesPlace AddStudy(InstanceRow row)
    {
        var (number, patient) = (Next(nextStudy), row.Patient);
        addStudy.Bind(1, number).Bind(2, row.Key.StudyInstanceUid).Bind(3, symbols.Of(row.Entry.SourceId)).Bind(4, symbols.Of(row.Entry.ProviderId))
            .Bind(5, patient.Id).Bind(6, patient.Issuer).Bind(7, patient.Name).Bind(8, patient.Ideographic).Bind(9, patient.Phonetic)
            .Bind(10, row.Summary.AccessionNumber).Bind(11, row.StudyDate).Bind(12, row.StudyHash).Run();
        SealPatient(number, row, row.Summary.PatientJson.Span);
        SealStudy(number, row, row.Summary.StudyJson.Span);
        return new(number, patient.Id, patient.Issuer, row.Summary.AccessionNumber, row.StudyHash, 0, 0);
    }

    private SeriesPlace AddSeries(SeriesPlace study, InstanceRow row)
    {
        var number = Next(nextSeries);
        addSeries.Bind(1, number).Bind(2, study.Study).Bind(3, row.Key.SeriesInstanceUid).Bind(4, symbols.Of(row.Entry.SourceId)).Bind(5, row.Summary.Modality)
            .Bind(6, (long?)row.Summary.SeriesNumber).Bind(7, row.SeriesHash).Bind(8, SealedSeries(number, row, row.Summary.SeriesJson.Span)).Run();
        return study with { Series = number, SeriesHash = row.SeriesHash };
    }

    private SeriesPlace ChangeStudy(SeriesPlace place, InstanceRow row)
    {
        var (patient, accession) = (row.Patient, row.Summary.AccessionNumber);
        if (Differs(place.PatientId, patient.Id) || Differs(place.Issuer, patient.Issuer) || Differs(place.AccessionNumber, accession))
        {
            conflicts[place.Study] = conflicts.GetValueOrDefault(place.Study) + 1;
            return place;
        }

        readStudy.Bind(1, place.Study).Step();
        var (patientJson, patientIsNew) = Merged(new(SealedColumn.StudyPatient, place.Study), readStudy.Blob(0), row.Summary.PatientJson);
        var (studyJson, studyIsNew) = Merged(new(SealedColumn.StudyAttributes, place.Study), readStudy.Blob(1), row.Summary.StudyJson);
        readStudy.Reset();
        // Two series that come in turn say different things of one study, each the same again: what was merged once is not sealed again with each image.
        if (!patientIsNew && !studyIsNew) return places.Keep(row, place with { StudyHash = row.StudyHash });
        var keys = PatientKeys.Of(patientJson.Span);
        var date = MatchingDate.Plain(DicomJson.Read(studyJson.Span, [Keyword.StudyDate])[0]?.First ?? "");
        var (id, issuer) = (Stated(patient.Id, place.PatientId), Stated(patient.Issuer, place.Issuer));
        changeStudy.Bind(1, place.Study).Bind(2, id).Bind(3, issuer).Bind(4, keys.Name).Bind(5, keys.Ideographic).Bind(6, keys.Phonetic)
            .Bind(7, Stated(accession, place.AccessionNumber)).Bind(8, date).Bind(9, row.StudyHash).Run();
        if (patientIsNew) SealPatient(place.Study, row, patientJson.Span);
        if (studyIsNew) SealStudy(place.Study, row, studyJson.Span);
        return places.ChangeStudy(row, place with { PatientId = id, Issuer = issuer, AccessionNumber = Stated(accession, place.AccessionNumber), StudyHash = row.StudyHash });
    }

    private SeriesPlace ChangeSeries(SeriesPlace place, InstanceRow row)
    {
        readSeries.Bind(1, place.Series).Step();
        var (json, isNew) = Merged(new(SealedColumn.SeriesAttributes, place.Series), readSeries.Blob(0), row.Summary.SeriesJson);
        readSeries.Reset();
        if (isNew) changeSeries.Bind(1, place.Series).Bind(2, row.Summary.Modality).Bind(3, (long?)row.Summary.SeriesNumber).Bind(4, row.SeriesHash)
            .Bind(5, SealedSeries(place.Series, row, json.Span)).Run();
        return places.Keep(row, place with { SeriesHash = row.SeriesHash });
    }

    /// <summary>What stands there with what is stated; the latter alone where the former does not open, which the ring tells.</summary>
    private (ReadOnlyMemory<byte> Json, bool IsNew) Merged(SealedPlace place, ReadOnlySpan<byte> known, ReadOnlyMemory<byte> stated)
    {
        try
        {
            var before = ring.Open(connection, place, known);
            var merged = DicomJson.Merged(before, stated);
            return (merged, !merged.Span.SequenceEqual(before));
        }
        catch (RejectedException)
        {
            return (stated, true);
        }
    }

    private void SealPatient(long study, InstanceRow row, ReadOnlySpan<byte> patient) =>
        sealPatient.Bind(1, study).Bind(2, sealer.Seal(new(SealedColumn.StudyPatient, study), symbols.Of(row.Entry.SourceId), Packed.Pack(patient))).Run();

    private void SealStudy(long study, InstanceRow row, ReadOnlySpan<byte> attributes) =>
        sealStudy.Bind(1, study).Bind(2, sealer.Seal(new(SealedColumn.StudyAttributes, study), symbols.Of(row.Entry.SourceId), Packed.Pack(attributes))).Run();

    private ReadOnlySpan<byte> SealedSeries(long series, InstanceRow row, ReadOnlySpan<byte> attributes) =>
        sealer.Seal(new(SealedColumn.SeriesAttributes, series), symbols.Of(row.Entry.SourceId), Packed.Pack(attributes));

    private static bool Differs(string known, string stated) => known.Length > 0 && stated.Length > 0 && !string.Equals(known, stated, StringComparison.Ordinal);

    private static string Stated(string stated, string known) => stated.Length > 0 ? stated : known;

    private static long Next(Statement next)
    {
        next.Step();
        var number = next.Int64(0);
        next.Reset();
        return number;
    }
}
