using System.Globalization;
using System.Text.Json;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Json;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>The keys of a query as the command line says them: Keyword=value, gggg,eeee=value, or only the name to be told it.</summary>
internal static class QueryKeys
{
    private static readonly string[] Levels = ["STUDY", "SERIES", "IMAGE"];

    /// <summary>Asked for at each level besides what the command line names.</summary>
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["STUDY"] = ["StudyInstanceUID", "PatientID", "PatientName", "StudyDate", "AccessionNumber", "ModalitiesInStudy", "StudyDescription", "NumberOfStudyRelatedInstances"],
        ["SERIES"] = ["StudyInstanceUID", "SeriesInstanceUID", "Modality", "SeriesNumber", "SeriesDescription", "NumberOfSeriesRelatedInstances"],
        ["IMAGE"] = ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID", "InstanceNumber"],
    };

    /// <returns>The identifier as data set; a rejection where a key is none of the dictionary.</returns>
    public static Result<ReadOnlyMemory<byte>> Identifier(string level, IEnumerable<string> keys, bool withUsual)
    {
        var elements = new SortedDictionary<uint, string>();
        foreach (var key in withUsual ? Usual[level].Concat(keys) : keys)
        {
            var equals = key.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (key, "") : (key[..equals], key[(equals + 1)..]);
            if (TagOf(name) is not { } tag) return new Rejection(RejectionCode.QueryIdentifierInvalid, $"{name} is neither a keyword of DICOM, such as PatientID, nor a tag, such as 0010,0020");
            elements[tag] = value;
        }

        elements[0x00080052] = level;
        var json = elements.ToDictionary(pair => pair.Key.ToString("X8", CultureInfo.InvariantCulture), pair => Element(pair.Key, pair.Value));
        return new IdentifierCodec().Write(JsonSerializer.SerializeToUtf8Bytes(json), DicomQuery.IdentifierSyntax, null);
    }

    /// <summary>The identifier of a study, a series of it or an instance of that, for C-GET and C-MOVE.</summary>
    /// <param name="uids">One to three: study, series, instance.</param>
    public static Result<ReadOnlyMemory<byte>> Of(string[] uids) => Identifier(Levels[uids.Length - 1], Named(uids), withUsual: false);

    /// <returns>Keys for <see cref="Identifier"/>.</returns>
    public static IEnumerable<string> Named(string[] uids) => uids.Zip(["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"], (uid, name) => $"{name}={uid}");

    /// <summary>Keyword and values of each element of a match.</summary>
    public static IEnumerable<(string Name, string Text)> Describe(JsonElement match) => match.EnumerateObject().Select(element => (
        ElementDictionary.Find(uint.Parse(element.Name, NumberStyles.HexNumber, CultureInfo.InvariantCulture))?.Keyword ?? element.Name, JsonDataSet.ValueOf(element.Value) ?? ""));

    private static uint? TagOf(string name) =>
        ElementDictionary.TagOf(name) ?? (uint.TryParse(name.Replace(",", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var tag) ? tag : null);

    private static object Element(uint tag, string value)
    {
        var vr = ElementDictionary.VrOf(tag).ToString();
        if (value.Length == 0) return new { vr };
        return vr == "PN" ? new { vr, Value = new object[] { new { Alphabetic = value } } } : new { vr, Value = value.Split('\\').Cast<object>().ToArray() };
    }
}
