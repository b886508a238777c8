using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>One element of an identifier.</summary>
/// <param name="Tag">Eight hexadecimal digits.</param>
/// <param name="Value">Its values, parted by backslashes; null where it only asks for the attribute.</param>
/// <param name="Item">What is asked of the items of a sequence.</param>
internal sealed record QueryKey(string Tag, string Vr, string? Value, IReadOnlyList<QueryKey> Item)
{
    /// <summary>Asks for more than that the attribute is told.</summary>
    public bool HasValue => Value is not (null or "*") || Item.Any(key => key.HasValue);

    public uint Number => uint.Parse(Tag, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <returns>Null where it only asks for the attribute.</returns>
    public AttributeMatch? Match(uint? sequence) => Value is null or "*" ? null : new(Number, Value, sequence);
}

/// <summary>The identifier of a C-FIND, C-GET or C-MOVE (PS3.4-2024 C.4).</summary>
internal sealed record QueryIdentifier(QueryLevel Level, IReadOnlyList<QueryKey> Keys)
{
    public const string CharacterSet = "00080005";
    public const string LevelTag = "00080052";
    public const string RetrieveAeTitle = "00080054";
    public const string Availability = "00080056";
    public const string PatientId = "00100020";
    public const string StudyInstanceUid = "0020000D";
    public const string SeriesInstanceUid = "0020000E";
    public const string SopInstanceUid = "00080018";

    /// <summary>What is matched on: keys with a value, but those that say something of the query itself. Of a sequence, the keys of its one item.</summary>
    public IEnumerable<AttributeMatch> Matches => Keys
        .Where(key => key.Tag is not (CharacterSet or LevelTag or RetrieveAeTitle or Availability))
        .SelectMany(key => key.Item.Select(inner => inner.Match(key.Number)).Prepend(key.Match(null))).OfType<AttributeMatch>();

    /// <summary>Some key asks for what is not matched on: at this level, or in a sequence within a sequence.</summary>
    public bool KeysIgnored => Matches.Any(match => !IndexedAttributes.IsMatched(match, Level)) || Keys.SelectMany(key => key.Item).Any(inner => inner.Item.Any(key => key.HasValue));

    /// <summary>The values of a list of UIDs, each once; empty where the key is absent.</summary>
    public IReadOnlyList<string> UidsOf(string tag) => [.. ValueOf(tag)?.Split('\\', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal) ?? []];

    /// <summary>
    /// A retrieval names the unique key of its level and of the study (PS3.4-2024 C.4.2.2.1, C.4.3.2.1), and no pattern of one: who leaves it out or writes a
    /// wild card would be given more than was meant. Only at its own level there may be a list of them.
    /// </summary>
    /// <returns>Rejection QueryIdentifierInvalid.</returns>
    public Rejection? UniqueKeyFault()
    {
        string[] needed = Level switch
        {
            QueryLevel.Patient => [PatientId],
            QueryLevel.Study => [StudyInstanceUid],
            QueryLevel.Series => [StudyInstanceUid, SeriesInstanceUid],
            _ => [StudyInstanceUid, SopInstanceUid],
        };
        if (needed.Any(tag => UidsOf(tag).Count == 0)) return new(RejectionCode.QueryIdentifierInvalid, "A unique key of the level is missing");
        if (Above().Any(tag => UidsOf(tag).Count > 1)) return new(RejectionCode.QueryIdentifierInvalid, "A unique key above the level has more than one value");
        return new[] { PatientId, StudyInstanceUid, SeriesInstanceUid, SopInstanceUid }.Any(tag => ValueOf(tag) is { } value && Wildcard.Contains(value))
            ? new(RejectionCode.QueryIdentifierInvalid, "A unique key holds a wild card")
            : null;
    }

    /// <param name="json">DICOM JSON object.</param>
    /// <param name="patientRoot">Which of the two query models it is for: the study root has no patients of its own.</param>
    /// <returns>Rejection QueryIdentifierInvalid where it names no level of its model.</returns>
    public static Result<QueryIdentifier> Read(ReadOnlyMemory<byte> json, bool patientRoot)
    {
        using var document = JsonDataSet.Parse(json);
        var keys = Read(document.RootElement);
        var level = LevelOf(keys.FirstOrDefault(key => key.Tag == LevelTag)?.Value, patientRoot);
        return level is { } known
            ? new QueryIdentifier(known, keys)
            : new Rejection(RejectionCode.QueryIdentifierInvalid, "Query/Retrieve Level is missing, or none of the model");
    }

    private IEnumerable<string> Above() => Level switch
    {
        // Lists are of UIDs (PS3.4-2024 C.2.2.2.2): there is none of patients.
        QueryLevel.Patient or QueryLevel.Study => [PatientId],
        QueryLevel.Series => [PatientId, StudyInstanceUid],
        _ => [PatientId, StudyInstanceUid, SeriesInstanceUid],
    };

    private string? ValueOf(string tag) => Keys.FirstOrDefault(key => key.Tag == tag)?.Value;

    private static QueryLevel? LevelOf(string? value, bool patientRoot) => value switch
    {
        "PATIENT" when patientRoot => QueryLevel.Patient,
        "STUDY" => QueryLevel.Study,
        "SERIES" => QueryLevel.Series,
        "IMAGE" => QueryLevel.Instance,
        _ => null,
    };

    // A sequence has one item at most here (PS3.4-2024 C.2.2.2.6).
    private static List<QueryKey> Read(JsonElement dataSet) =>
    [
        .. dataSet.EnumerateObject().Select(element => JsonDataSet.VrOf(element.Value) == "SQ"
            ? new QueryKey(element.Name, "SQ", null, [.. JsonDataSet.Items(dataSet, element.Name).Take(1).SelectMany(Read)])
            : new QueryKey(element.Name, JsonDataSet.VrOf(element.Value), ValueOf(element.Value), [])),
    ];

    private static string? ValueOf(JsonElement element) => JsonDataSet.ValueOf(element) is { Length: > 0 } text ? text : null;
}
