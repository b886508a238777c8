using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;

/// <summary>
/// The queries of the desk's lists. Columns: at, source, accession, study, instances, missing, deposit, state, rejection, entry, known, and of the dismissal
/// at, actor, reason, note. Parameters: before, source or null, most; of one line its entry.
/// </summary>
internal static class DeskLines
{
    private const string Undismissed = "x.entry IS NULL";
    private const string NoDismissal = "NULL, NULL, NULL, NULL";
    private const string Dismissal = "x.at, x.actor, x.reason, x.note";

    private static readonly string Waiting = $"""
        SELECT d.received_at, g.source, '', st.uid, {KeptOf("g.study", "i.source = g.source")}, 0, g.waiting, sa.state, sa.rejection, 0, '', {NoDismissal}
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN deposit d ON d.id = g.waiting JOIN saga sa ON sa.deposit = g.waiting
        WHERE g.waiting IS NOT NULL AND d.received_at < ?1 AND {Of("g.source")}
        ORDER BY g.waiting LIMIT ?3
        """;

    private static readonly string Images = $"""
        SELECT d.received_at, g.source, coalesce(a.number, ''), st.uid, {KeptOf("g.study", "i.source = g.source")}, 0, r.deposit, 3, NULL, 0, '', {NoDismissal}
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN resource r ON r.num = g.resource JOIN deposit d ON d.id = r.deposit
          LEFT JOIN accession a ON a.resource = g.resource
        WHERE g.filed_until > 0 AND d.received_at < ?1 AND {Of("g.source")}
          AND NOT EXISTS (SELECT 1 FROM accession b JOIN resource q ON q.num = b.resource WHERE b.number = a.number AND q.person = r.person AND q.type = {Type("ServiceRequest")})
          AND NOT EXISTS (SELECT 1 FROM worklist w JOIN resource q ON q.num = w.resource WHERE w.study_uid = st.uid AND q.person = r.person)
        ORDER BY r.deposit LIMIT ?3
        """;

    private static readonly (string Open, string Dismissed, string One) OfOrders = (Orders(Undismissed), Orders("x.entry IS NOT NULL"), Orders($"{Undismissed} AND r.num = ?4"));
    private static readonly (string Open, string Dismissed, string One) OfMissing = (Missing(Undismissed), Missing("x.entry IS NOT NULL"), Missing($"{Undismissed} AND p.num = ?4"));

    public static string Open(ImagingMismatch mismatch) => mismatch switch
    {
        ImagingMismatch.StudyWaiting => Waiting,
        ImagingMismatch.OrderWithoutImages => OfOrders.Open,
        ImagingMismatch.ImagesWithoutOrder => Images,
        ImagingMismatch.InstancesMissing => OfMissing.Open,
        _ => throw new ArgumentOutOfRangeException(nameof(mismatch), mismatch, "Not a list"),
    };

    /// <returns>Null where lines of the list are not dismissed.</returns>
    public static string? Dismissed(ImagingMismatch mismatch) =>
        mismatch switch { ImagingMismatch.OrderWithoutImages => OfOrders.Dismissed, ImagingMismatch.InstancesMissing => OfMissing.Dismissed, _ => null };

    /// <summary>One open line.</summary>
    /// <returns>Null where lines of the list are not dismissed.</returns>
    public static string? One(ImagingMismatch mismatch) =>
        mismatch switch { ImagingMismatch.OrderWithoutImages => OfOrders.One, ImagingMismatch.InstancesMissing => OfMissing.One, _ => null };

    // An order whose step was discontinued has no images to come. New is another message of it, and what a station says of its step.
    private static string Orders(string which) => $"""
        SELECT coalesce(w.start, d.received_at) AS at, d.source, coalesce(a.number, ''), NULL, 0, 0, r.deposit, 3, NULL, r.num, {OrderKnown}, {Dismissal}
        FROM (SELECT resource FROM accession UNION SELECT resource FROM worklist) o JOIN resource r ON r.num = o.resource JOIN deposit d ON d.id = r.deposit
          LEFT JOIN accession a ON a.resource = r.num LEFT JOIN worklist w ON w.resource = r.num
          LEFT JOIN imaging_dismissal x ON x.mismatch = 2 AND x.entry = r.num AND x.known = {OrderKnown}
        WHERE r.type = {Type("ServiceRequest")} AND r.person > 0 AND coalesce(w.start, d.received_at) < ?1 AND {Of("d.source")} AND {which}
          AND coalesce((SELECT value FROM symbol WHERE num = r.status), '') NOT IN ('revoked', 'entered-in-error') AND coalesce(w.state, 1) <> 4
          AND NOT EXISTS (SELECT 1 FROM accession b JOIN resource q ON q.num = b.resource WHERE b.number = a.number AND q.person = r.person AND q.type = {Type("ImagingStudy")})
          AND NOT EXISTS (SELECT 1 FROM imaging_study st JOIN imaging_gathering g ON g.study = st.num WHERE st.uid = w.study_uid AND g.person = r.person)
        ORDER BY at, r.num LIMIT ?3
        """;

    private const string OrderKnown = "r.deposit || '.' || coalesce(w.state, 0)";

    // Of the study, or else of the order that it was made for, the deposit is where somebody who works it begins. New is any instance of the study.
    private static string Missing(string which) => $"""
        SELECT p.changed_at, p.source, coalesce(st.accession, a.number, ''), p.study_uid, coalesce({KeptOf("st.num", "1")}, 0), e.missing,
          coalesce((SELECT max(r.deposit) FROM imaging_gathering g JOIN resource r ON r.num = g.resource WHERE g.study = st.num), r.deposit), NULL, NULL, p.num, {StepKnown}, {Dismissal}
        FROM (SELECT step, count(*) AS missing FROM imaging_expected GROUP BY step) e JOIN performed_step p ON p.num = e.step
          LEFT JOIN imaging_study st ON st.uid = p.study_uid
          LEFT JOIN worklist w ON w.resource = (SELECT min(resource) FROM worklist WHERE study_uid = p.study_uid)
          LEFT JOIN resource r ON r.num = w.resource LEFT JOIN accession a ON a.resource = w.resource
          LEFT JOIN imaging_dismissal x ON x.mismatch = 4 AND x.entry = p.num AND x.known = {StepKnown}
        WHERE p.changed_at < ?1 AND {Of("p.source")} AND {which}
        ORDER BY p.changed_at, p.num LIMIT ?3
        """;

    private const string StepKnown = "e.missing || '.' || coalesce((SELECT max(newest) FROM imaging_gathering WHERE study = st.num), 0)";

    private static string Type(string name) => $"(SELECT num FROM symbol WHERE value = '{name}')";

    private static string Of(string source) => $"(?2 IS NULL OR {source} = (SELECT num FROM symbol WHERE value = ?2))";

    private static string KeptOf(string study, string condition) =>
        $"(SELECT count(*) FROM imaging_instance i JOIN imaging_series s ON s.num = i.series WHERE s.study = {study} AND {condition})";
}
