using System.Globalization;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Matching;

/// <summary>
/// A query as SQL, which narrows by what stands in columns, and the keys that are matched with the attributes of each row after that. SQL never leaves
/// out what would match.
/// </summary>
internal sealed class QueryPlan
{
    private readonly StringBuilder where = new();
    private readonly List<object> parameters = [];

    private QueryPlan(QueryLevel level) => Level = level;

    public QueryLevel Level { get; }

    /// <summary>Keys that SQL did not answer to the end.</summary>
    public List<AttributeMatch> Rest { get; } = [];

    /// <summary>Without SELECT and columns.</summary>
    public string From => $"""
        FROM imaging_study st{(Level >= QueryLevel.Series ? " JOIN imaging_series s ON s.study = st.num" : "")}{(Level == QueryLevel.Instance ? " JOIN imaging_instance i ON i.series = s.num" : "")}
        WHERE 1 = 1{where}
        ORDER BY {Level switch
        {
            QueryLevel.Patient => "st.patient_id, st.issuer, st.provider, st.person, st.date DESC, st.num DESC",
            QueryLevel.Study => "st.date DESC, st.num DESC",
            QueryLevel.Series => "st.date DESC, st.num DESC, s.number, s.num",
            _ => "st.date DESC, st.num DESC, s.number, s.num, i.number, i.num",
        }}
        """;

    /// <returns>Rejection SearchParameterInvalid.</returns>
    public static Result<QueryPlan> Of(ImagingQuery query)
    {
        var plan = new QueryPlan(query.Level);
        if (query.PersonId is { } person) plan.Where($"st.person = (SELECT num FROM symbol WHERE value = {plan.Id(person)})");
        if (query.SourceIds is { } sources)
        {
            var column = query.Level switch { QueryLevel.Series => "s.source", QueryLevel.Instance => "i.source", _ => "st.source" };
            plan.Where($"{column} IN (SELECT num FROM symbol WHERE value IN ({string.Join(", ", sources.Select(plan.Id))}))");
        }

        // * asks for all, with any attribute.
        foreach (var match in query.Matches.Where(match => match.Value.Any(c => c != '*') && IndexedAttributes.IsMatched(match, query.Level)))
            if (plan.Add(match) is { } rejection) return rejection;
        return plan;
    }

    public void Bind(Statement statement)
    {
        for (var at = 0; at < parameters.Count; at++)
        {
            if (parameters[at] is ShortText id) statement.BindId(at + 1, id.Value);
            else statement.Bind(at + 1, (string)parameters[at]);
        }
    }

    private Rejection? Add(AttributeMatch match)
    {
        if (match.Sequence is not null)
        {
            Rest.Add(match);
            return null;
        }

        switch (match.Tag)
        {
            case Keyword.StudyInstanceUid:
                return Uids("st.uid", match.Value);
            case Keyword.SeriesInstanceUid:
                return Level >= QueryLevel.Series ? Uids("s.uid", match.Value) : BelowLevel(match);
            case Keyword.SopInstanceUid:
                return Level == QueryLevel.Instance ? Uids("i.uid", match.Value) : BelowLevel(match);
            case Keyword.ModalitiesInStudy:
            case Keyword.Modality when Level <= QueryLevel.Study:
                Where($"EXISTS (SELECT 1 FROM imaging_series m WHERE m.study = st.num AND {Texts("m.modality", match.Value)})");
                return null;
            case Keyword.Modality:
                Where(Texts("s.modality", match.Value));
                return null;
            case Keyword.StudyDate:
                return Dates(match);
            case Keyword.PatientId:
                Where(Prefix("st.patient_id", match.Value));
                break;
            case Keyword.AccessionNumber:
                Where(Prefix("st.accession", match.Value));
                break;
            case Keyword.PatientName when !match.Value.Contains('=', StringComparison.Ordinal):
                Names(FoldedText.Of(match.Value));
                break;
        }

        Rest.Add(match);
        return null;
    }

    private Rejection? Uids(string column, string value)
    {
        Where($"{column} IN ({string.Join(", ", value.Split('\\').Select(Text))})");
        return null;
    }

    private Rejection? Dates(AttributeMatch match)
    {
        if (MatchingDate.Range(match.Value) is not { } range)
            return new(RejectionCode.SearchParameterInvalid, "StudyDate (0008,0020) is neither a date nor a range of dates");
        if (range.From.Length > 0) Where($"st.date >= {Text(range.From)}");
        if (range.To.Length > 0) Where($"st.date <= {Text(range.To.PadRight(8, '9'))}");
        Where("st.date <> ''");
        return null;
    }

    private string Texts(string column, string value) =>
        $"({string.Join(" OR ", value.Split('\\').Select(one => Wildcard.Contains(one) ? $"{column} GLOB {Text(one.Replace("[", "[[]", StringComparison.Ordinal))}" : $"{column} = {Text(one)}"))})";

    private void Names(string folded)
    {
        if (Wildcard.Prefix(folded).Length == 0) return;
        Where($"({Prefix("st.name", folded)} OR (st.name_ideographic <> '' AND {Prefix("st.name_ideographic", folded)}) OR (st.name_phonetic <> '' AND {Prefix("st.name_phonetic", folded)}))");
    }

    /// <summary>Equal, or between the prefix and what follows on everything that begins with it.</summary>
    private string Prefix(string column, string value)
    {
        value = value.Trim(' ');
        if (!Wildcard.Contains(value)) return $"{column} = {Text(value)}";
        var prefix = Wildcard.Prefix(value);
        // U+10FFFF sorts behind every character of UTF-8.
        return prefix.Length == 0 ? "1 = 1" : $"({column} >= {Text(prefix)} AND {column} < {Text(prefix + "\U0010FFFF")})";
    }

    private void Where(string condition) => where.Append(" AND ").Append(condition);

    private string Text(string value) => Parameter(value);

    private string Id(string value) => Parameter(new ShortText(value));

    private string Parameter(object value)
    {
        parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"?{parameters.Count}");
    }

    private static Rejection BelowLevel(AttributeMatch match) =>
        new(RejectionCode.SearchParameterInvalid, string.Create(CultureInfo.InvariantCulture, $"({match.Tag >> 16:x4},{match.Tag & 0xFFFF:x4}) is below the level that is asked for"));

    private sealed record ShortText(string Value);
}
