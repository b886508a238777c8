namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>A series as the writer last saw it.</summary>
/// <param name="StudyHash">Of what its own instances last said of patient and study.</param>
internal sealed record SeriesPlace(long Study, string PatientId, string Issuer, string AccessionNumber, long StudyHash, long Series, long SeriesHash);

/// <summary>Series that instances came of lately: of the second and later instances of a series, only that they are so many more is written.</summary>
internal sealed class SeriesPlaces
{
    // Emptied when full: what is in use comes back at once.
    private const int Capacity = 4096;

    private readonly Dictionary<(string Study, string Series, string Source), SeriesPlace> places = [];

    public SeriesPlace? Find(InstanceRow row) => places.GetValueOrDefault(KeyOf(row));

    public SeriesPlace Keep(InstanceRow row, SeriesPlace place)
    {
        if (places.Count >= Capacity) places.Clear();
        return places[KeyOf(row)] = place;
    }

    /// <summary>Whose the study is, and its accession number, are now these, in all its series of that source.</summary>
    public SeriesPlace ChangeStudy(InstanceRow row, SeriesPlace changed)
    {
        var (study, _, source) = KeyOf(row);
        foreach (var key in places.Keys.Where(key => string.Equals(key.Study, study, StringComparison.Ordinal) && string.Equals(key.Source, source, StringComparison.Ordinal)).ToList())
        {
            places[key] = places[key] with
            {
                PatientId = changed.PatientId, Issuer = changed.Issuer, AccessionNumber = changed.AccessionNumber,
            };
        }

        return Keep(row, changed);
    }

    public void Clear() => places.Clear();

    private static (string Study, string Series, string Source) KeyOf(InstanceRow row) => (row.Key.StudyInstanceUid, row.Key.SeriesInstanceUid, row.Entry.SourceId);
}
