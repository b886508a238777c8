using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>A series as the writer last saw it.</summary>
internal sealed record SeriesPlace(long Study, string PatientId, string Issuer, string AccessionNumber, long StudyHash, long Series, long SeriesHash);

/// <summary>Series that instances came of lately: of the second and later instances of a series, only that they are so many more is written.</summary>
internal sealed class SeriesPlaces
{
    // Emptied when full: what is in use comes back at once.
    private const int Capacity = 4096;

    private readonly Dictionary<(string Study, string Series), SeriesPlace> places = [];

    public SeriesPlace? Find(InstanceKey key) => places.GetValueOrDefault((key.StudyInstanceUid, key.SeriesInstanceUid));

    public SeriesPlace Keep(InstanceKey key, SeriesPlace place)
    {
        if (places.Count >= Capacity) places.Clear();
        return places[(key.StudyInstanceUid, key.SeriesInstanceUid)] = place;
    }

    /// <summary>The study's part is now this one, in all its series.</summary>
    public SeriesPlace ChangeStudy(string studyInstanceUid, SeriesPlace changed)
    {
        foreach (var key in places.Keys.Where(key => string.Equals(key.Study, studyInstanceUid, StringComparison.Ordinal)).ToList())
        {
            places[key] = places[key] with
            {
                PatientId = changed.PatientId, Issuer = changed.Issuer, AccessionNumber = changed.AccessionNumber, StudyHash = changed.StudyHash,
            };
        }

        return changed;
    }

    public void Clear() => places.Clear();
}
