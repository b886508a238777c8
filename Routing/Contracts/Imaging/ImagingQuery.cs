namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>Levels of the query models (PS3.4-2024 C.6, PS3.18-2024 10.6).</summary>
public enum QueryLevel
{
    Patient = 1,
    Study = 2,
    Series = 3,
    Instance = 4,
}

/// <summary>One matching key (PS3.4-2024 C.2.2.2).</summary>
/// <param name="Tag">Group and element, 0x00100020.</param>
/// <param name="Value">
/// Not empty: one value, a list of UIDs parted by backslashes, a range of dates or times, or text with the wildcards * and ?, as its VR allows.
/// </param>
/// <param name="Sequence">
/// The sequence whose items have the attribute; null where it stands in the data set itself. Keys of one sequence match where one item has them all
/// (PS3.4-2024 C.2.2.2.6). The items of items are not searched.
/// </param>
public sealed record AttributeMatch(uint Tag, string Value, uint? Sequence = null);

/// <param name="Skip">Matches to pass over, in the order of the answer.</param>
/// <param name="Count">At most so many.</param>
/// <param name="PersonId">Only of this citizen; null for all.</param>
/// <param name="SourceIds">Only what these sources sent; null for all.</param>
public sealed record ImagingQuery(
    QueryLevel Level, IReadOnlyList<AttributeMatch> Matches, int Skip, int Count, string? PersonId = null, IReadOnlyList<string>? SourceIds = null);

/// <summary>One patient, study, series or instance that matches.</summary>
/// <param name="Json">
/// DICOM JSON object, UTF-8: the attributes of the level and of those above it, and the counts (0020,1206) (0020,1208) (0020,1209) (0008,0061) where
/// they belong. One for each level: patient, study, series, instance, down to the level asked.
/// </param>
public sealed record ImagingMatch(InstanceKey Key, string? PersonId, string ProviderId, InstanceState State, IReadOnlyList<ReadOnlyMemory<byte>> Json);
