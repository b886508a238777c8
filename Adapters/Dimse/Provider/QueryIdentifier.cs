using System.Globalization;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>One element of an identifier.</summary>
/// <param name="Tag">Eight hexadecimal digits.</param>
/// <param name="Value">Its values, parted by backslashes; null where it only asks for the attribute.</param>
internal sealed record QueryKey(string Tag, string Vr, string? Value);

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

    /// <summary>What is matched on: keys with a value, but those that say something of the query itself.</summary>
    public IEnumerable<AttributeMatch> Matches => Keys
        .Where(key => key.Value is not (null or "*") && key.Tag is not (CharacterSet or LevelTag or RetrieveAeTitle or Availability))
        .Select(key => new AttributeMatch(uint.Parse(key.Tag, NumberStyles.HexNumber, CultureInfo.InvariantCulture), key.Value!));

    /// <summary>The values of a list of UIDs, each once; empty where the key is absent.</summary>
    public IReadOnlyList<string> UidsOf(string tag) => [.. ValueOf(tag)?.Split('\\', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal) ?? []];

    /// <summary>
    /// A retrieval names the unique key of its level and of the study (PS3.4-2024 C.4.2.2.1, C.4.3.2.1), and no pattern of one: who leaves it out or writes a
    /// wild card would be given more than was meant.
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
        return new[] { PatientId, StudyInstanceUid, SeriesInstanceUid, SopInstanceUid }.Any(tag => ValueOf(tag) is { } value && Wildcard.Contains(value))
            ? new(RejectionCode.QueryIdentifierInvalid, "A unique key holds a wild card")
            : null;
    }

    /// <param name="json">DICOM JSON object.</param>
    /// <param name="patientRoot">Which of the two query models it is for: the study root has no patients of its own.</param>
    /// <returns>Rejection QueryIdentifierInvalid where it names no level of its model.</returns>
    public static Result<QueryIdentifier> Read(ReadOnlyMemory<byte> json, bool patientRoot)
    {
        using var document = JsonDocument.Parse(json);
        var keys = new List<QueryKey>();
        QueryLevel? level = null;
        foreach (var element in document.RootElement.EnumerateObject())
        {
            var vr = JsonDataSet.VrOf(element.Value);
            var key = new QueryKey(element.Name, vr, ValueOf(element.Value, vr));
            keys.Add(key);
            if (key.Tag == LevelTag) level = LevelOf(key.Value, patientRoot);
        }

        return level is { } known
            ? new QueryIdentifier(known, keys)
            : new Rejection(RejectionCode.QueryIdentifierInvalid, "Query/Retrieve Level is missing, or none of the model");
    }

    private string? ValueOf(string tag) => Keys.FirstOrDefault(key => key.Tag == tag)?.Value;

    private static QueryLevel? LevelOf(string? value, bool patientRoot) => value switch
    {
        "PATIENT" when patientRoot => QueryLevel.Patient,
        "STUDY" => QueryLevel.Study,
        "SERIES" => QueryLevel.Series,
        "IMAGE" => QueryLevel.Instance,
        _ => null,
    };

    /// <summary>Sequences match on nothing here: they only ask for the attribute.</summary>
    private static string? ValueOf(JsonElement element, string vr) => vr != "SQ" && JsonDataSet.ValueOf(element) is { Length: > 0 } text ? text : null;
}
