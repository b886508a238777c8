using System.Globalization;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Query;

/// <summary>What a search asks for (PS3.18-2024 8.3.4).</summary>
/// <param name="Included">Tags named by includefield.</param>
/// <param name="Everything">includefield=all.</param>
/// <param name="Deeper">Names of what is asked of items within items, which the hub does not match on.</param>
/// <param name="Fuzzy">fuzzymatching=true, which the hub does not do.</param>
internal sealed record QueryParameters(IReadOnlyList<AttributeMatch> Matches, IReadOnlySet<uint> Included, bool Everything, IReadOnlyList<string> Deeper, bool Fuzzy, int Limit, int Offset)
{
    private const int MostParameters = 64;
    private const int LongestValue = 4_096;

    /// <returns>Rejections SearchParameterUnsupported, SearchParameterInvalid, UidInvalid. No value is quoted: it may name a patient.</returns>
    public static Result<QueryParameters> Read(IQueryCollection query, DicomWebOptions options)
    {
        var matches = new List<AttributeMatch>();
        var included = new HashSet<uint>();
        var deeper = new List<string>();
        var (everything, fuzzy, limit, offset) = (false, false, options.UsualResults, 0);
        if (query.Count > MostParameters) return Invalid($"A query has at most {MostParameters} parameters");
        foreach (var (name, values) in query)
        {
            if (name is "accept" or "charset") continue;
            if (name is "includefield")
            {
                foreach (var field in values.SelectMany(value => (value ?? "").Split(',')))
                {
                    if (field is "all") everything = true;
                    else if (QueryAttribute.FindPath(field) is [var tag, ..] && included.Count < LongestValue) included.Add(tag);
                    else return Unknown("includefield names an attribute");
                }

                continue;
            }

            if (values is not [{ } value]) return Invalid("A parameter stands once: several values are parted by commas");
            switch (name)
            {
                case "fuzzymatching" when bool.TryParse(value, out fuzzy): break;
                case "limit" when Number(value) is { } stated: limit = Math.Min(stated, options.MostResults); break;
                case "offset" when Number(value) is { } stated: offset = stated; break;
                case "fuzzymatching" or "limit" or "offset": return Invalid($"{name} is true or false, or a number");
                default:
                    if (QueryAttribute.FindPath(name) is not { } path) return Unknown("A parameter names an attribute");
                    if (value.Length == 0)
                    {
                        included.Add(path[0]);
                        break;
                    }

                    var match = MatchOf(path[^1], value);
                    if (!match.Accepted) return match.Rejection;
                    if (path.Count > 2) deeper.Add(name);
                    else matches.Add(path.Count == 2 ? match.Value with { Sequence = path[0] } : match.Value);
                    break;
            }
        }

        return new QueryParameters(matches, included, everything, deeper, fuzzy, limit, offset);
    }

    private static Result<AttributeMatch> MatchOf(uint tag, string value)
    {
        if (value.Length > LongestValue || value.Any(char.IsControl)) return Invalid("A value is too long, or holds a control character");
        switch (QueryAttribute.KindOf(tag))
        {
            case ValueKind.Uid:
                var uids = value.Split(',', '\\');
                return uids.All(uid => Uid.Is(uid)) ? new AttributeMatch(tag, string.Join('\\', uids)) : new Rejection(RejectionCode.UidInvalid, "A UID of the query");
            case ValueKind.Date:
                return IsRange(value, static day => DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                    ? new AttributeMatch(tag, value)
                    : Invalid("A date is written YYYYMMDD, a range with a hyphen before, between or after");
            case ValueKind.Time:
                return IsRange(value, static time => time.Length is >= 2 and <= 13 && time.All(letter => char.IsAsciiDigit(letter) || letter == '.'))
                    ? new AttributeMatch(tag, value)
                    : Invalid("A time is written HHMMSS, a range with a hyphen before, between or after");
            default:
                return new AttributeMatch(tag, value);
        }
    }

    private static bool IsRange(string value, Func<string, bool> isPoint)
    {
        var parts = value.Split('-');
        return parts.Length switch
        {
            1 => isPoint(value),
            2 => value.Length > 1 && parts.All(part => part.Length == 0 || isPoint(part)),
            _ => false,
        };
    }

    private static int? Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 10_000_000 ? number : null;

    private static Rejection Unknown(string what) =>
        new(RejectionCode.SearchParameterUnsupported, $"{what} that the hub knows by no such keyword; eight hexadecimal digits name any");

    private static Rejection Invalid(string detail) => new(RejectionCode.SearchParameterInvalid, detail);
}
